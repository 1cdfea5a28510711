namespace NativePlugins.Contracts.Generators;

/// <summary>How a result crosses, at once or when the call completes. See <see cref="ParameterShape"/>.</summary>
internal abstract record ResultShape
{
    /// <summary>As the interface declares it, without the task around it.</summary>
    public abstract string Declared { get; }

    /// <summary>The type as the record and the fingerprint see it.</summary>
    public abstract string Signature { get; }

    /// <summary>The C# type of the argument of the function in the table that takes it; null when there is none.</summary>
    public abstract string? Native { get; }

    /// <summary>That argument in C.</summary>
    public abstract string? C { get; }

    /// <summary>The C name of the type that a parameter's name could hide; empty when there is none.</summary>
    public virtual string CType => "";

    /// <summary>What the header says that the argument, or the completion, takes.</summary>
    public abstract string Form { get; }

    /// <summary>The same of the completion.</summary>
    public virtual string FormLater => Form;

    /// <summary>The value as it lies in memory, for what is data.</summary>
    public virtual DataShape? Content => null;

    /// <summary>What is made of a stream.</summary>
    public virtual ContractModel? Callback => null;

    /// <summary>The contract of an object.</summary>
    public virtual ContractReference? Reference => null;

    /// <summary>Whether it comes by a call back also when the member is synchronous.</summary>
    public virtual bool CallsBack => false;

    /// <summary>The type arguments of AsyncCall.</summary>
    public abstract string Async { get; }

    /// <summary>Caller: the statements, a line each, that make place for it; null when there are none.</summary>
    public abstract string? Taking { get; }

    /// <summary>Caller: the argument; null when there is none.</summary>
    public abstract string? Passed { get; }

    /// <summary>Caller: the statement that returns it.</summary>
    /// <param name="call">The contract and the member, as a C# literal.</param>
    public abstract string Returning(string call);

    /// <summary>Caller, after the call, be it successful or not: the statement that throws when the result was refused; null when there is none.</summary>
    public virtual string? Refusing(string call) => null;

    /// <summary>Callee: refuses an argument that takes nothing; null when there is none.</summary>
    public abstract string? Check { get; }

    /// <summary>Callee: whether <see cref="Giving"/> declares __status, which the function returns then.</summary>
    public bool HasStatus => CallsBack;

    /// <summary>Callee: the statement that calls the object and hands the result over.</summary>
    public abstract string Giving(string call);
}

/// <summary>No result.</summary>
internal sealed record NoResult : ResultShape
{
    public override string Declared => "void";

    public override string Signature => "void";

    public override string? Native => null;

    public override string? C => null;

    public override string Form => "nothing";

    public override string Async => $"bool, {ContractSource.Interop}.NoShape";

    public override string? Taking => null;

    public override string? Passed => null;

    public override string Returning(string call) => "";

    public override string? Check => null;

    public override string Giving(string call) => $"{call};";
}
