using NativePlugins.Sdk;

[Plugin("hello_world", Name = "Hello, world", Version = "1.0.0")]
internal sealed class HelloWorld : ICommand
{
    public int Run(CommandContext context)
    {
        context.Output.WriteLine($"Hello, {(context.Arguments.Count > 0 ? context.Arguments[0] : "world")}!");
        return 0;
    }
}
