global using NativePlugins.ContractChecks;
global using NativePlugins.TestContracts;
global using Xunit;
