# Sourced by the launcher and by bench/run: how glibc hands memory to libtorch. Nothing here changes a result.
#
# A training step makes and frees the same large tensors again and again. By default glibc returns each to the system, and every step pays for
# fresh pages; and the data set is read at random rows, which costs a look-up of each 4 KiB page.
#   mmap_threshold  blocks up to 32 MiB (the most that every version accepts) are kept and used again;
#   trim_threshold  so is up to 1 GiB of free memory. Never alone: that pins the first at 128 KiB, and a step took 2.5 times as long;
#   hugetlb=1       pages of 2 MiB where the system allows them on request (madvise).
# MLP 1x512 on two cores, a step: 4.98 -> 4.06 ms at batch 512, 1.58 -> 1.36 ms at batch 128.
if [ -z "${GLIBC_TUNABLES:-}${MALLOC_MMAP_THRESHOLD_:-}${MALLOC_TRIM_THRESHOLD_:-}" ]; then
    GLIBC_TUNABLES=glibc.malloc.hugetlb=1:glibc.malloc.mmap_threshold=33554432:glibc.malloc.trim_threshold=1073741824
    export GLIBC_TUNABLES
fi
