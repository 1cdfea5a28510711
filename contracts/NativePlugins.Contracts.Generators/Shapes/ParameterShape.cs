using System.Collections.Generic;

namespace NativePlugins.Contracts.Generators;

/// <summary>
/// How a parameter crosses. The reader makes one of a symbol; each writer asks it for its part. A new type is a new shape, and all
/// that is written about it stands in its file.
/// </summary>
internal abstract record ParameterShape
{
    /// <summary>As the interface declares it, with <c>out</c> or <c>ref</c> before the type.</summary>
    public abstract string Declared { get; }

    /// <summary>The type as the record and the fingerprint see it.</summary>
    public abstract string Signature { get; }

    /// <summary>The C# types of the arguments of the function in the table: the value, its length if it has one, and the sink of what is put.</summary>
    public abstract IReadOnlyList<string> Native { get; }

    /// <summary>The end of the C name of a length.</summary>
    protected const string Length = "_length";

    /// <summary>The C name of the type that a parameter's name could hide; empty when there is none.</summary>
    public virtual string CType => "";

    /// <summary>What the C names of the arguments after the first one end with.</summary>
    public virtual IReadOnlyList<string> CEnds => Native.Count == 2 ? [Length] : [];

    /// <summary>Whether the callee calls the caller back because of it.</summary>
    public virtual bool CallsBack => false;

    /// <summary>Whether it is built in the arena of the call.</summary>
    public virtual bool UsesArena => false;

    /// <summary>Whether it is the callee's from when the call has succeeded.</summary>
    public virtual bool IsHandedOver => false;

    /// <summary>The contract of an object.</summary>
    public virtual ContractReference? Reference => null;

    /// <summary>What is made of a delegate.</summary>
    public virtual ContractModel? Callback => null;

    /// <summary>The value as it lies in memory, for what is data.</summary>
    public virtual DataShape? Content => null;

    /// <summary>The parameters in C.</summary>
    /// <param name="name">The C name.</param>
    public abstract IEnumerable<string> C(string name);

    /// <summary>What the C header says about it besides its documentation.</summary>
    public virtual string Note(bool isAsync) => "";

    /// <summary>Caller, before anything of the other side's is held: makes UTF-8 of a text and the like.</summary>
    /// <param name="name">The C# name, here and below.</param>
    public virtual void WriteEncoding(CodeText code, string name)
    {
    }

    /// <summary>Caller, after that: what is lent for the call.</summary>
    public virtual void WriteLending(CodeText code, string name, bool isAsync)
    {
    }

    /// <summary>Caller: what stands in the parentheses of <c>fixed</c>; null when there is nothing to pin.</summary>
    public virtual string? Pin(string name) => null;

    /// <summary>Caller: the arguments, by expressions that cannot throw: the table is leased by then.</summary>
    public abstract IEnumerable<string> Passed(string name, bool isAsync);

    /// <summary>Caller, after the call, be it successful or not.</summary>
    /// <param name="call">The contract and the member, as a C# literal.</param>
    public virtual void WriteReturned(CodeText code, string name, string call)
    {
    }

    /// <summary>Caller, after a successful call.</summary>
    /// <param name="call">The contract and the member, as a C# literal.</param>
    public virtual void WriteSucceeded(CodeText code, string name, string call)
    {
    }

    /// <summary>Callee: the names of the arguments, one for each of <see cref="Native"/>.</summary>
    public virtual IEnumerable<string> Arguments(string name) => Native.Count == 1 ? [$"@{name}"] : [$"@{name}", $"__length_{name}"];

    /// <summary>Callee: refuses what must not be NULL.</summary>
    public virtual void WriteCheck(CodeText code, string name)
    {
    }

    /// <summary>Callee of a synchronous call: what the object needs to be called.</summary>
    public virtual void WriteTaking(CodeText code, string name)
    {
    }

    /// <summary>Callee: the argument of the object.</summary>
    public abstract string Taken(string name, bool isAsync);

    /// <summary>Callee, after a synchronous call.</summary>
    public virtual void WriteGiving(CodeText code, string name)
    {
    }

    /// <summary>Callee of a synchronous call that has succeeded: keeps what was handed over.</summary>
    public virtual void WriteKept(CodeText code, string name)
    {
    }

    /// <summary>Sentences, each of which may be empty.</summary>
    protected static string Join(string first, string second) => first.Length == 0 ? second : second.Length == 0 ? first : $"{first} {second}";

    /// <summary>true and false in C#.</summary>
    protected static string Bool(bool value) => value ? "true" : "false";
}
