global using NativePlugins.ContractChecks;
global using NativePlugins.TestContracts;
global using Xunit;

// What a call leaves behind in native memory is counted for the whole process.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
