using System.Runtime.CompilerServices;
using NativePlugins.Contracts;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.TestContracts;

/// <summary>Both halves of a contract in one process: the proxy calls the table of an export, as it would call a library's.</summary>
/// <typeparam name="T">The contract.</typeparam>
public sealed class InProcess<T> : IDisposable
    where T : class, IPluginContract<T>
{
    private readonly ContractExport _export;

    /// <summary>Makes an object callable, and a proxy that calls it.</summary>
    public InProcess(T target, int? minor = null)
    {
        _export = ContractExport.Create(target, new Objects().Side);
        var turns = ContractTurns.For(T.Descriptor);
        Proxy = T.CreateProxy<Link, Lease>(new Link(_export.Table), turns, minor ?? T.Descriptor.Minor);
    }

    /// <summary>What calls the object.</summary>
    public T Proxy { get; }

    /// <summary>The table.</summary>
    public nint Table => _export.Table;

    /// <inheritdoc/>
    public void Dispose() => _export.Dispose();

    private readonly struct Link(nint table) : IContractLink<Lease>
    {
        public nint ErrorSink { get; } = ContractErrors.SinkFor(typeof(T));

        public ContractSide Side { get; } = new Objects().Side;

        public Lease Enter() => new(table);

        public IContractHold Hold() => new Held(table);
    }

    private readonly ref struct Lease(nint table) : IContractLease
    {
        public nint Table { get; } = table;

        public nint Context => ContractTable.ContextOf(Table);

        public void Dispose()
        {
        }
    }

    private sealed class Held(nint table) : IContractHold
    {
        public nint Table { get; } = table;

        public nint Context => ContractTable.ContextOf(Table);

        public void Dispose()
        {
        }
    }

    private sealed class Objects : ContractObjects
    {
        public Objects() => Side = new Side(this);

        public override ContractSide Side { get; }

        protected override ref int Enter() => ref Unsafe.NullRef<int>();

        protected override ref int TryEnter(out bool isEntered)
        {
            isEntered = true;
            return ref Unsafe.NullRef<int>();
        }

        protected override void Leave(ref int entered)
        {
        }

        protected override IDisposable? Hold() => null;

        protected override Exception ToEnded(string contract) => new InvalidOperationException(contract);

        protected override void OnLeaked(string contract)
        {
        }

        protected override void OnReleaseFailed(string contract, Exception exception)
        {
        }
    }

    private sealed class Side(Objects objects) : ContractSide
    {
        public override ContractObjects Objects => objects;

        protected override Exception ToFault(string callee, ContractError reported, bool isDeclared)
        {
            ArgumentNullException.ThrowIfNull(reported);
            return new IOException($"{callee}|{reported.Status}|{reported.Type}|{reported.Message}|{reported.Detail}");
        }

        protected override string Escape(string text) => text;
    }
}
