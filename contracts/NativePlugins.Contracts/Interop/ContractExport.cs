using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativePlugins.Contracts.Interop;

/// <summary>An object that the other side may call through a table.</summary>
/// <remarks>
/// Exports are used again and never freed. Who calls one that has ended gets NP_E_INVALID_STATE, or reaches the object
/// that has it next: never freed memory.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ContractExport : IDisposable
{
    private readonly Action<ContractExport> _return;
    private ContractSide? _side;
    private object? _target;

    private ContractExport(Action<ContractExport> give) => _return = give;

    /// <summary>The id of the service that the table is: <c>namespace.name/major</c>.</summary>
    public string ServiceId { get; private set; } = "";

    /// <summary>The address of the table.</summary>
    public nint Table { get; private set; }

    /// <summary>Makes an object callable until the export is disposed of.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="target">The object.</param>
    /// <param name="side">Whose it is.</param>
    public static ContractExport Create<T>(T target, ContractSide side)
        where T : class, IPluginContract<T>
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(side);
        ContractExport export = Exports<T>.Pool.Rent();
        export._side = side;
        Volatile.Write(ref export._target, target);
        return export;
    }

    /// <summary>The object behind a table, for generated code.</summary>
    /// <typeparam name="T">The contract.</typeparam>
    /// <param name="context">The table's context.</param>
    /// <exception cref="ObjectDisposedException">It is no longer there.</exception>
    /// <exception cref="ArgumentException">The context is that of an object of another contract.</exception>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Target<T>(nint context)
        where T : class, IPluginContract<T>
    {
        if (ObjectExport.IsToken(context))
        {
            return ObjectTarget<T>(context);
        }

        object? target = Of(context)._target;
        if (target is null)
        {
            ThrowEnded(T.Descriptor);
        }

        return Unsafe.As<T>(target);
    }

    /// <summary>Lets no further call in. What is in flight goes on.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _target, null) is not null)
        {
            _return(this);
        }
    }

    // The context of any object of this side's can come with any table, so what is found is looked at.
    internal static T ObjectTarget<T>(nint context)
        where T : class, IPluginContract<T>
    {
        object? target = ObjectExport.Find(context, out _);
        if (target is null)
        {
            ThrowEnded(T.Descriptor);
        }

        return target as T
            ?? throw new ArgumentException($"The context is that of another object, and not that of a {T.Descriptor.ServiceId}.");
    }

    internal static ContractSide SideOf(nint context)
    {
        ContractSide? side = Of(context, out ContractObjects? objects)?._side ?? objects?.Side;
        return side ?? throw new ObjectDisposedException(nameof(ContractExport));
    }

    private static ContractExport? Of(nint context, out ContractObjects? objects)
    {
        objects = null;
        if (!ObjectExport.IsToken(context))
        {
            return Of(context);
        }

        _ = ObjectExport.Find(context, out objects);
        return null;
    }

    private static ContractExport Of(nint context) => Unsafe.As<ContractExport>(GCHandle.FromIntPtr(context).Target!);

    [DoesNotReturn]
    private static void ThrowEnded(ContractDescriptor contract) => throw new ObjectDisposedException(
        contract.ServiceId, $"The object behind this {contract.ServiceId} is no longer there: the call or the instance that it was lent for has ended.");

    private static class Exports<T>
        where T : class, IPluginContract<T>
    {
        public static readonly NativePool<ContractExport> Pool = new(Create);

        private static ContractExport Create()
        {
            var export = new ContractExport(static export => Pool.Return(export)) { ServiceId = T.Descriptor.ServiceId };
            export.Table = T.CreateTable(GCHandle.ToIntPtr(GCHandle.Alloc(export)));
            return export;
        }
    }
}
