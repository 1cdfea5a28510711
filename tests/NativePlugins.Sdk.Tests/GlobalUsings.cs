global using NativePlugins.Testing;
global using NativePlugins.Testing.Interop;
global using Xunit;
