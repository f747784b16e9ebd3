using Xunit.Sdk;
using Xunit.v3;

// Libtorch's default generator and its live-tensor counters are shared by all threads.
[assembly: Parallelization(Mode = ParallelMode.None)]
