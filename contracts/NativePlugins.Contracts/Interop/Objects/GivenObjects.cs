using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace NativePlugins.Contracts.Interop;

/// <summary>The objects of this side's that the other one keeps.</summary>
internal sealed class GivenObjects(ContractObjects owner)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<Key, ObjectExport> _exports = [];
    private bool _isEnded;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _exports.Count;
            }
        }
    }

    /// <summary>Begins to hand an object over, which makes one reference to it.</summary>
    /// <exception cref="ObjectDisposedException">The other side's instance is gone.</exception>
    public GivenObject Give<T>(T target)
        where T : class, IPluginContract<T>
    {
        nint table = target is IHasTable own ? own.Table : ObjectTable<T>.Native;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isEnded, owner);
            ref ObjectExport? export = ref CollectionsMarshal.GetValueRefOrAddDefault(_exports, new Key(target, table), out _);
            if (export is null)
            {
                export = ObjectExport.Rent(target, owner, table, ObjectTable<T>.EndsWith);
            }
            else
            {
                export.References++;
            }

            return new GivenObject(owner, export, export.Token);
        }
    }

    /// <summary>Takes one reference back. Ends the export with the last one, and returns its target then.</summary>
    /// <param name="export">The export.</param>
    /// <param name="token">What the other side knows it by.</param>
    /// <param name="isKnown">Whether there was such a reference.</param>
    public object? TakeBack(ObjectExport export, nint token, out bool isKnown)
    {
        lock (_lock)
        {
            isKnown = IsOf(export, token);
            if (!isKnown || --export.References > 0)
            {
                return null;
            }

            object target = export.Return();
            _exports.Remove(new Key(target, export.Table));
            return target;
        }
    }

    /// <summary>Begins the end of an object that may take long: returns it, once. Null if it has begun, or the object has ended.</summary>
    /// <param name="export">The export.</param>
    /// <param name="token">What the other side knows it by.</param>
    public object? TryFinish(ObjectExport export, nint token)
    {
        lock (_lock)
        {
            return IsOf(export, token) ? export.TryFinish() : null;
        }
    }

    public int Reclaim()
    {
        (object Target, ObjectEnd End)[] left;
        lock (_lock)
        {
            _isEnded = true;
            left = [.. _exports.Values.Select(static export => (export.Return(), export.EndsWith))];
            foreach (ObjectExport export in _exports.Values)
            {
                export.Free();
            }

            _exports.Clear();
        }

        // All ends begin before one is waited for, so that one whose DisposeAsync takes long keeps no other.
        Task.WaitAll([.. left.Select(given => EndAsync(given.Target, given.End))]);
        return left.Length;
    }

    private async Task EndAsync(object target, ObjectEnd end)
    {
        try
        {
            await ObjectExport.EndAsync(target, end).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            owner.OnReleaseFailed(target.GetType().Name, e);
        }
    }

    private bool IsOf(ObjectExport export, nint token) => export.Owner == owner && export.Token == token && export.References > 0;

    /// <summary>An object by its identity, as one contract.</summary>
    private readonly struct Key(object target, nint table) : IEquatable<Key>
    {
        private readonly object _target = target;
        private readonly nint _table = table;

        public bool Equals(Key other) => ReferenceEquals(_target, other._target) && _table == other._table;

        public override bool Equals(object? obj) => obj is Key other && Equals(other);

        public override int GetHashCode() => HashCode.Combine(RuntimeHelpers.GetHashCode(_target), _table);
    }
}

/// <summary>What the end of the last reference does to an object.</summary>
internal enum ObjectEnd
{
    /// <summary>Nothing: its contract has no end.</summary>
    Nothing,

    /// <summary>Dispose.</summary>
    Dispose,

    /// <summary>DisposeAsync.</summary>
    DisposeAsync,
}

/// <summary>The one table that all objects of a contract share.</summary>
internal static class ObjectTable<T>
    where T : class, IPluginContract<T>
{
    public static readonly nint Native = T.CreateTable(0);

    public static readonly ObjectEnd EndsWith = typeof(IAsyncDisposable).IsAssignableFrom(typeof(T)) ? ObjectEnd.DisposeAsync
        : typeof(IDisposable).IsAssignableFrom(typeof(T)) ? ObjectEnd.Dispose
        : ObjectEnd.Nothing;
}
