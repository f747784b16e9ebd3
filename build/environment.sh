# Sourced by the launcher and by bench/run: how glibc hands memory to libtorch. Nothing here changes a result.
#
# A training step makes and frees the same large tensors again and again. By default glibc returns each to the system, and every step pays for
# fresh pages; and the data set is read at random rows, which costs a look-up of each 4 KiB page.
#   mmap_threshold  blocks up to 32 MiB (the most that every version accepts) are kept and used again;
#   trim_threshold  so is up to 1 GiB of free memory. Never alone: that pins the first at 128 KiB, and a step took 2.5 times as long;
#   hugetlb=1       pages of 2 MiB where the system allows them on request (madvise).
# MLP 1x512 on two cores, a step: 4.98 -> 4.06 ms at batch 512, 1.58 -> 1.36 ms at batch 128.
#
# libtorch asks for blocks aligned to 64 bytes. glibc cuts them out of larger ones, and the cuttings, a few dozen bytes, go to its quick lists (tcache,
# fast bins), where they keep the block beside them from growing together again: the next tensor of the same size does not fit where the last one was,
# and the heap grows (glibc bug 14581, mended in 2.38).
#   tcache_count=0, mxfast=0  without quick lists all grows together. Residual network and small Inception: steps 5 % faster; an MLP's take as long as before.
#                             Memory: a little less (864 instead of 889 MB on 5,000 pictures). What let it drift was something else, Directory.Build.props.
if [ -z "${GLIBC_TUNABLES:-}${MALLOC_MMAP_THRESHOLD_:-}${MALLOC_TRIM_THRESHOLD_:-}" ]; then
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824:glibc.malloc.tcache_count=0:glibc.malloc.mxfast=0
    export GLIBC_TUNABLES
fi
