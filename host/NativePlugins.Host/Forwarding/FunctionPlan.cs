namespace NativePlugins.Host.Forwarding;

/// <summary>How a parameter of a function crosses.</summary>
internal enum ParameterKind
{
    /// <summary>A number by value.</summary>
    Value,

    /// <summary>A pointer to what is plain, or NULL.</summary>
    Pointer,

    /// <summary>UTF-8: a pointer and a length.</summary>
    Text,

    /// <summary>Elements: a pointer and their number.</summary>
    Span,

    /// <summary>The same, written in place.</summary>
    WritableSpan,

    /// <summary>A pointer to what the callee writes.</summary>
    Out,

    /// <summary>A pointer to what the callee reads and writes.</summary>
    Ref,

    /// <summary>A pointer to data with pointers, or NULL.</summary>
    Data,

    /// <summary>The table of an object of the caller's, or NULL.</summary>
    Contract,

    /// <summary>An <c>np_cancellation</c>, or NULL.</summary>
    Cancellation,
}

/// <summary>A parameter of a function.</summary>
/// <param name="Name">For messages.</param>
/// <param name="Kind">How it crosses.</param>
/// <param name="Type">The value, the element, or what the pointer leads to; null for an object and a token.</param>
internal sealed record ParameterPlan(string Name, ParameterKind Kind, WireType? Type)
{
    public bool IsFloat => Kind == ParameterKind.Value && Type is PlainType { IsFloat: true };

    /// <summary>How many arguments it is.</summary>
    public int Words => Kind is ParameterKind.Text or ParameterKind.Span or ParameterKind.WritableSpan ? 2 : 1;
}

/// <summary>How a result crosses.</summary>
internal enum ResultKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>Written to a place of the caller's.</summary>
    Cell,

    /// <summary>Bytes through an <c>np_sink</c>, in pieces: a text, or elements.</summary>
    Bytes,

    /// <summary>Put: one call of an <c>np_sink</c> with a pointer to it, or NULL.</summary>
    Put,
}

/// <summary>One function of a table.</summary>
/// <param name="Name">The member's name.</param>
/// <param name="Parameters">In their order.</param>
/// <param name="ResultKind">How the result crosses.</param>
/// <param name="Result">The result; null where there is none, and for bytes.</param>
/// <param name="IsAsync">Whether an <c>np_completion</c> takes the result.</param>
internal sealed record FunctionPlan(string Name, ParameterPlan[] Parameters, ResultKind ResultKind, WireType? Result, bool IsAsync)
{
    /// <summary>Whether the function has an argument that takes the result, or completes the call.</summary>
    public bool HasResult => IsAsync || ResultKind != ResultKind.None;

    /// <summary>How many arguments there are in C, without the context.</summary>
    public int Arguments { get; } = Parameters.Sum(p => p.Words) + (IsAsync || ResultKind != ResultKind.None ? 1 : 0) + 1;

    /// <summary>How many of its arguments find no register, on the system that has the fewest.</summary>
    public int StackWords
    {
        get
        {
            int floats = Parameters.Count(p => p.IsFloat);
            int integers = 2 + (HasResult ? 1 : 0) + Parameters.Sum(p => p.IsFloat ? 0 : p.Words);
            return Math.Max(0, integers - NativeWords.LeastRegisters) + Math.Max(0, floats - NativeWords.Vectors);
        }
    }
}

/// <summary>The functions of a contract's table, as its signature says.</summary>
/// <param name="ServiceId">Id and major version.</param>
/// <param name="Functions">In the order of their slots, up to the minor version that both sides have.</param>
/// <param name="Signature">The whole text.</param>
internal sealed record ContractPlan(string ServiceId, FunctionPlan[] Functions, string Signature);
