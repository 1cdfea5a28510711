using System.Runtime.Versioning;

[assembly: SupportedOSPlatform("windows")]

// Some change the current directory, which is the process's.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
