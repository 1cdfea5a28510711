using Microsoft.CodeAnalysis;

namespace NativePlugins.Sdk.Generators;

/// <summary>The diagnostics, in the order of their ids. Each message says what is wrong and what to do.</summary>
internal static class PluginRules
{
    private const string Category = "NativePlugins";

    public static readonly DiagnosticDescriptor NoPluginClass = Error(
        "NPS001",
        "A plugin project has no plugin class",
        "This project is a native plugin and has no class with [Plugin]; add [Plugin(\"id\", Version = \"1.0.0\")] to one class, or set the property IsNativePlugin to false",
        "The library exports np_plugin_entry_v1 only if one class of the project is marked with PluginAttribute.",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor SeveralPluginClasses = Error(
        "NPS002",
        "A project has more than one plugin class",
        "A library is one plugin, and {0} are marked with [Plugin]; keep the attribute on one of them, and give each other plugin a project of its own",
        "One library has one np_plugin_entry_v1, and so one plugin.",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor NotInstantiable = Error(
        "NPS003",
        "The plugin class cannot be instantiated",
        "'{0}' is {1}; a plugin class must be a public or internal class that is neither abstract, static nor generic",
        "The generated code creates the plugin class with new.");

    public static readonly DiagnosticDescriptor NoUsableConstructor = Error(
        "NPS004",
        "The plugin class has no usable constructor",
        "'{0}' has no constructor that the generated code can call; give it a public or internal one without parameters, or with one parameter of type PluginContext",
        "The generated code creates the plugin class with new, and has a PluginContext to pass.");

    public static readonly DiagnosticDescriptor BadId = Error(
        "NPS005",
        "The plugin's id is not valid",
        "\"{0}\" is no plugin id; use 1 to 64 characters: a letter a-z or a digit first, then letters a-z, digits, '_', '.' and '-'",
        "The id names the plugin's files, its section of the configuration and its data directory.");

    public static readonly DiagnosticDescriptor BadVersion = Error(
        "NPS006",
        "The plugin's version is not valid",
        "{0}; set Version to a version of Semantic Versioning 2.0.0 of at most 128 characters, such as \"1.0.0\" or \"2.1.0-beta.1\"",
        "Hosts compare plugin versions by Semantic Versioning 2.0.0.");

    public static readonly DiagnosticDescriptor BadName = Error(
        "NPS007",
        "The plugin's name is not valid",
        "The plugin's name has {0} bytes of UTF-8; use 1 to 256, or leave Name out to use the id",
        "The name is what people see in lists and messages.");

    public static readonly DiagnosticDescriptor AsyncVoid = Error(
        "NPS008",
        "async void ends the host's process when it throws",
        "{0} is 'async void': an exception in it ends the whole process of the host; return Task instead, and wait for it",
        "Nothing can catch an exception that an async void method throws; in a NativeAOT library it aborts the process.");

    public static readonly DiagnosticDescriptor EndsProcess = Error(
        "NPS009",
        "A plugin must not end the process",
        "'{0}' ends the whole process of the host; return an exit status from Run, or throw an exception",
        "The process belongs to the host. An exception that leaves the plugin is reported to the host as an error of the call.");

    public static readonly DiagnosticDescriptor HandlesCtrlC = Error(
        "NPS010",
        "A plugin must not handle Ctrl+C",
        "'Console.CancelKeyPress' takes Ctrl+C away from the host for good; use CommandContext.CancellationToken",
        "Process signals belong to the host, which cancels the command that runs.");

    public static readonly DiagnosticDescriptor HandlesSignals = Error(
        "NPS011",
        "A plugin must not handle process signals",
        "'{0}' takes the signal away from the host for good; use CommandContext.CancellationToken or IStartable.Stop",
        "Process signals belong to the host, which cancels the command that runs, and stops the plugin.");

    private static DiagnosticDescriptor Error(string id, string title, string message, string description, params string[] tags) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, description, null, tags);
}
