using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>All that the emitted code and the header depend on. Equal models emit the same, and nothing runs again.</summary>
/// <param name="Namespace">Of the interface; empty for the global one.</param>
/// <param name="Outer">The static classes that the interface is in, the outermost first.</param>
/// <param name="Name">The interface's name.</param>
/// <param name="FullName">With global:: and namespace.</param>
/// <param name="Id">namespace.name.</param>
/// <param name="Major">The major version.</param>
/// <param name="IsSerialized">Whether one call waits for another.</param>
/// <param name="Members">In the order of their slots.</param>
/// <param name="Types">The structs and enums of the signatures, each after those that it contains.</param>
/// <param name="Data">The types with [PluginData] of the signatures, and those that they contain.</param>
/// <param name="IsPublic">Whether other assemblies see the interface.</param>
/// <param name="IsDisposable">Whether it derives from IDisposable.</param>
/// <param name="IsAsyncDisposable">Whether it derives from IAsyncDisposable.</param>
/// <param name="HasExtensionProperties">Whether the version of C# has them.</param>
/// <param name="Doc">What the XML documentation says.</param>
internal sealed record ContractModel(
    string Namespace,
    Sequence<string> Outer,
    string Name,
    string FullName,
    string Id,
    int Major,
    bool IsSerialized,
    Sequence<MemberModel> Members,
    Sequence<TypeModel> Types,
    Sequence<DataModel> Data,
    bool IsPublic,
    bool IsDisposable,
    bool IsAsyncDisposable,
    bool HasExtensionProperties,
    string Doc)
{
    public int Minor => Members.Select(m => m.Minor).Concat(Data.SelectMany(d => d.Minors)).DefaultIfEmpty().Max();

    /// <summary>The data of all members, and of the data itself.</summary>
    public IEnumerable<DataShape> Contents => Members.SelectMany(m => m.Contents).Concat(Data.SelectMany(d => d.Members.Select(m => m.Shape)));

    public string ServiceId => $"{Id}/{Major}";

    /// <summary>What a callback is made of; null for a contract.</summary>
    public CallbackModel? Callback { get; init; }

    /// <summary>The C name of the table, and the prefix of all others.</summary>
    public string CName => Callback?.CName ?? CNames.Contract(Id, Major);

    /// <summary>The callbacks that its members take, each after those that it takes itself.</summary>
    public IEnumerable<ContractModel> Callbacks => Members.SelectMany(m => m.Callbacks).Distinct();

    /// <summary>All functions of its header: its own, and those of its callbacks.</summary>
    public IEnumerable<MemberModel> Functions => Members.Concat(Callbacks.SelectMany(callback => callback.Members));
}

/// <summary>What a table of one function is made of.</summary>
/// <param name="CName">The C name of its table.</param>
/// <param name="Class">The generated class that holds all that is made for it, with global:: and namespace.</param>
/// <param name="Delegate">The delegate's type, with global:: and without a question mark; of a stream that of its items.</param>
/// <param name="Kind">What it is.</param>
/// <param name="HasSender">Whether the delegate takes a sender, which does not cross, before what does.</param>
/// <param name="HasArguments">Whether the delegate takes an EventArgs, which does not cross, in place of what does.</param>
internal sealed record CallbackModel(string CName, string Class, string Delegate, CallbackKind Kind, bool HasSender, bool HasArguments);

/// <summary>What has a table of one function, and no id of its own.</summary>
internal enum CallbackKind
{
    /// <summary>A delegate that is lent for a call.</summary>
    Delegate,

    /// <summary>A handler of an event.</summary>
    Handler,

    /// <summary>A stream.</summary>
    Stream,
}

/// <summary>One function of the contract.</summary>
/// <param name="Name">The method's C# name; of an accessor get_Name or set_Name.</param>
/// <param name="Owner">The interface that declares it, with global:: and namespace: the contract, or one that it derives from.</param>
/// <param name="Property">The property of an accessor; null for a method.</param>
/// <param name="CName">Its C name.</param>
/// <param name="Minor">The minor version that introduced it.</param>
/// <param name="IsFastCall">Whether the garbage collector is not told of a call.</param>
/// <param name="Parameters">In their order.</param>
/// <param name="Result">What it returns.</param>
/// <param name="DocId">What an XML documentation names the declared member by.</param>
/// <param name="Doc">What the XML documentation says.</param>
internal sealed record MemberModel(
    string Name, string Owner, string? Property, string CName, int Minor, bool IsFastCall, Sequence<ParameterModel> Parameters, ResultModel Result, string DocId, string Doc)
{
    /// <summary>Whether it is the setter of a property, which has the value as its one parameter.</summary>
    public bool IsSetter => Property is not null && Result.IsNone;

    /// <summary>The C# name of the token of the call; null when there is none.</summary>
    public string? Cancellation => Parameters.FirstOrDefault(p => p.Shape is CancellationParameter)?.Name;

    /// <summary>What of its parameters and result is data.</summary>
    public IEnumerable<DataShape> Contents => Parameters.Select(p => p.Shape.Content).Append(Result.Shape.Content).OfType<DataShape>()
        .Concat(Callbacks.SelectMany(callback => callback.Members).SelectMany(m => m.Contents));

    /// <summary>The contracts that it takes or returns.</summary>
    public IEnumerable<ContractReference> Contracts => Parameters.Select(p => p.Shape.Reference).Append(Result.Shape.Reference).OfType<ContractReference>()
        .Concat(Callbacks.SelectMany(callback => callback.Members).SelectMany(m => m.Contracts));

    /// <summary>The callbacks that it takes, each after those that it takes itself.</summary>
    public IEnumerable<ContractModel> Callbacks => Parameters.Select(p => p.Shape.Callback).Append(Result.Shape.Callback).OfType<ContractModel>()
        .SelectMany(callback => callback.Callbacks.Append(callback));

    /// <summary>The event of an accessor; null for anything else.</summary>
    public string? Event { get; init; }

    /// <summary>Whether an object crosses by it that its receiver keeps.</summary>
    public bool HandsOver => Event is not null || Result.Shape is ObjectResult or StreamResult or ByteStreamResult || Parameters.Any(p => p.Shape.IsHandedOver)
        || Callbacks.SelectMany(callback => callback.Members).Any(m => m.HandsOver);
}

/// <summary>One parameter.</summary>
/// <param name="Name">Its C# name, without @.</param>
/// <param name="CName">Its C name.</param>
/// <param name="Shape">How it crosses.</param>
/// <param name="IsIn">Whether it is declared with <c>in</c>.</param>
/// <param name="Doc">What the XML documentation says.</param>
internal sealed record ParameterModel(string Name, string CName, ParameterShape Shape, bool IsIn, string Doc)
{
    /// <summary>What the interface says about null besides the type, such as [NotNullWhen(true)], with a blank at its end; empty where it says nothing.</summary>
    public string NullAttributes { get; init; } = "";

    /// <summary>The C names of its arguments.</summary>
    public IEnumerable<string> Names => Shape.CEnds.Select(end => CName + end).Prepend(CName);

    /// <summary>The C name that this parameter and another one would both have; null if there is none.</summary>
    public string? SharedCName(ParameterModel other) => Names.FirstOrDefault(other.Names.Contains);
}

/// <summary>A contract that a member takes or returns.</summary>
/// <param name="FullName">With global:: and namespace.</param>
/// <param name="ServiceId">Id and major version.</param>
/// <param name="CName">The C name of its table.</param>
/// <param name="IsMutual">Whether it takes or returns the contract of the member too, be it through others.</param>
internal sealed record ContractReference(string FullName, string ServiceId, string CName, bool IsMutual)
{
    /// <summary>The name of the assembly that declares it.</summary>
    public string Assembly { get; init; } = "";
}

/// <summary>What a member returns.</summary>
/// <param name="Shape">How it crosses.</param>
/// <param name="IsAsync">Whether it comes later.</param>
/// <param name="IsTask">Whether C# awaits it as a Task and not as a ValueTask: nothing that the other side sees.</param>
/// <param name="Doc">What the XML documentation says.</param>
internal sealed record ResultModel(ResultShape Shape, bool IsAsync, bool IsTask, string Doc)
{
    /// <summary>Whether there is none.</summary>
    public bool IsNone => Shape is NoResult;
}

/// <summary>A type that lies in memory as it is.</summary>
/// <param name="CSharp">Its full C# name.</param>
/// <param name="C">Its C name.</param>
/// <param name="Signature">The type with its layout, as the fingerprint sees it.</param>
/// <param name="Underlying">The C# type of an enum's values; null for other types.</param>
/// <param name="IsBool">Whether it is bool, which is one byte to the other side.</param>
/// <param name="IsStruct">Whether it is a struct.</param>
/// <param name="Size">In bytes; 0 for the size of a pointer.</param>
/// <param name="Alignment">In bytes; 0 for that of a pointer.</param>
internal sealed record ElementModel(
    string CSharp, string C, string Signature, string? Underlying, bool IsBool, bool IsStruct, int Size, int Alignment)
{
    /// <summary>The C# type of one value in memory: bool is a byte.</summary>
    public string Cell => IsBool ? "byte" : CSharp;
}

/// <summary>A struct or enum that the header must declare.</summary>
internal sealed record TypeModel(
    string CSharp, string C, bool IsEnum, string UnderlyingC, int Size, Sequence<FieldModel> Fields, string Doc);

/// <summary>A field of a struct, or a value of an enum.</summary>
internal sealed record FieldModel(string Name, string CName, string C, int Offset, string Value, string Doc);
