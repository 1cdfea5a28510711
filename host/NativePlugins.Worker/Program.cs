using NativePlugins.Host.Isolation;

// NativePlugins.Host starts this program, and talks to it over a descriptor that it inherits: docs/isolation-channel.md.
return WorkerServer.Run();
