using System.Runtime.CompilerServices;
using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Contracts.Tests.Calls;

/// <summary>One side of an instance and its application, whose calls the test refuses when it likes.</summary>
internal sealed class GivenSide : ContractObjects
{
    public GivenSide() => Side = new Errors(this);

    public override ContractSide Side { get; }

    /// <summary>Whether the other side may be called.</summary>
    public bool IsOpen { get; set; } = true;

    /// <summary>What has thrown where nobody waits for that.</summary>
    public List<Exception> Failures { get; } = [];

    /// <summary>Takes an object of another side's over.</summary>
    public ObjectReference Take<T>(GivenObject given, bool isHandOver = false)
        where T : class, IPluginContract<T> =>
        Received.Take(given.Native, np_object.FrozenMinimum, T.Descriptor, "object", isHandOver, out _);

    protected internal override ref int Enter() => ref Unsafe.NullRef<int>();

    protected internal override ref int TryEnter(out bool isEntered)
    {
        isEntered = IsOpen;
        return ref Unsafe.NullRef<int>();
    }

    protected internal override void Leave(ref int entered)
    {
    }

    protected internal override IDisposable? Hold() => null;

    protected internal override Exception ToEnded(string contract) => new InvalidOperationException(contract);

    protected internal override void OnLeaked(string contract)
    {
    }

    protected internal override void OnReleaseFailed(string contract, Exception exception) => Failures.Add(exception);

    private sealed class Errors(ContractObjects objects) : ContractSide
    {
        public override ContractObjects Objects => objects;

        protected override Exception ToFault(string callee, ContractError reported, bool isDeclared) => new IOException($"{callee}: {reported.Message}");

        protected override string Escape(string text) => text;
    }
}
