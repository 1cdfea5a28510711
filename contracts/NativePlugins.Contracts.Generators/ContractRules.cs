using Microsoft.CodeAnalysis;

namespace NativePlugins.Contracts.Generators;

/// <summary>The diagnostics, in the order of their ids. Each message says what is wrong and what to use instead.</summary>
internal static class ContractRules
{
    private const string Category = "NativePlugins";

    public static readonly DiagnosticDescriptor Shape = Error(
        "NPS020",
        "A contract is a partial interface of its own",
        "'{0}' {1}; a contract is a partial interface that is not generic, at the top level or in partial static classes, and derives from contracts, IDisposable and IAsyncDisposable alone",
        "The generator adds to the interface what both sides need, and a table of functions has no place for more.");

    public static readonly DiagnosticDescriptor Id = Error(
        "NPS021",
        "The contract's id or version is not valid",
        "{0}; use an id such as \"imaging.filter\": at least two words of a-z, 0-9 and '_' that begin with a letter, separated by '.', 64 characters at most, not beginning with \"np.\"; and a Major of 1 to 65535",
        "The id names the service that a plugin offers, and the C header.");

    public static readonly DiagnosticDescriptor Member = Error(
        "NPS022",
        "A contract has methods, properties and events only",
        "{0} cannot be in a contract; {1}",
        "Each method is one function of the table, and each accessor of a property or an event.");

    public static readonly DiagnosticDescriptor Name = Error(
        "NPS023",
        "Two names of a contract are one in C",
        "'{0}' and '{1}' both become '{2}' in the C header; give one of them another name",
        "C has no overloads, and its names have no upper case here.");

    public static readonly DiagnosticDescriptor Type = Error(
        "NPS024",
        "The type cannot cross a contract",
        "'{0}' cannot cross a contract{1}; use {2}",
        "What crosses must mean the same to C, C++, Rust and two separate .NET runtimes.");

    public static readonly DiagnosticDescriptor Field = Error(
        "NPS025",
        "The struct cannot cross a contract",
        "{0}; {1}",
        "A struct crosses as it lies in memory, so that both sides, in every language, must lay it out alike.");

    public static readonly DiagnosticDescriptor Minor = Error(
        "NPS026",
        "Members of a later minor version come last",
        "'{0}' is of minor version {1}, {2}; append members in the order of their minor versions",
        "An older side knows the first members of the table and nothing of the later ones.");

    public static readonly DiagnosticDescriptor NoDefault = Error(
        "NPS027",
        "A member of a later minor version needs a default body",
        "'{0}' came with minor version {1} and has no default body; give it one, which runs when the other side is older",
        "A proxy for an older plugin has nothing else to call.");

    public static readonly DiagnosticDescriptor FastCall = Error(
        "NPS028",
        "A member with FastCall must not call back",
        "'{0}' cannot be in a member with [FastCall], as {1}; remove [FastCall]",
        "A fast call does not tell the garbage collector, so that nothing may come back into the caller before it returns.");

    public static readonly DiagnosticDescriptor Shipped = Error(
        "NPS029",
        "What a contract has shipped must not change",
        "{0}",
        "Plugins and applications that were compiled with the recorded members are out there. The record is the file *.contract.txt beside the project.");

    public static readonly DiagnosticDescriptor Reserved = Error(
        "NPS030",
        "The name belongs to somebody else",
        "'{0}' cannot be a name in a contract: '{1}' is {2}; give it another name",
        "A name that is a reserved word or a macro gets a '_' at its end in the C header; where that would change what others mean by it, the interface must have another one.");

    public static readonly DiagnosticDescriptor SameFile = Error(
        "NPS031",
        "Two contracts of a project write one name",
        "'{0}' and '{1}' both write '{2}'; give one of them another {3}",
        "Each contract writes a header and a record that are named after its id and major version, and an application may include all headers of a project.",
        WellKnownDiagnosticTags.CompilationEnd);

    public static readonly DiagnosticDescriptor Data = Error(
        "NPS032",
        "The type cannot be data of a contract",
        "'{0}' {1}; a type with [PluginData] is a partial record, class or struct at the top level, and its members are public",
        "Data crosses as a struct in C, and is made again through the type's constructor and the members that can be set.");

    public static readonly DiagnosticDescriptor Case = Error(
        "NPS033",
        "The type cannot be a case of data",
        "'{0}' {1}; a type with [PluginDataCase] is a sealed partial record or class with a tag of its own, and derives from one with [PluginData] of its project",
        "Data that may be one of several types crosses as a struct in C with a tag, and both sides know all tags.");

    private static DiagnosticDescriptor Error(string id, string title, string message, string description, params string[] tags) =>
        new(id, title, message, Category, DiagnosticSeverity.Error, isEnabledByDefault: true, description, null, tags);
}
