using Peer.Contract;
using Peer.Host;

if (args is not [var path, .. var arguments])
{
    Console.Error.WriteLine("usage: Peer.Host PLUGIN.dll [ARGUMENT...]");
    return 64;
}

var context = new PluginLoadContext(Path.GetFullPath(path));
var assembly = context.LoadFromAssemblyPath(Path.GetFullPath(path));
var type = assembly.GetExportedTypes().First(typeof(IPlugin).IsAssignableFrom);
((IPlugin)Activator.CreateInstance(type)!).Run(arguments);
context.Unload();
return 0;
