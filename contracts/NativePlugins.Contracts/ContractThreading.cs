namespace NativePlugins.Contracts;

/// <summary>Whether calls of a contract may overlap. Any thread may call either kind.</summary>
public enum ContractThreading
{
    /// <summary>Several threads may call at once; the implementation sees to its own state.</summary>
    Free = 0,

    /// <summary>
    /// One call at a time: the proxy makes the others wait. Asynchronous calls too, until they complete. A call that comes
    /// back into the same proxy from within one, on the thread that made it, throws <see cref="InvalidOperationException"/>, as
    /// it would wait for itself. Two callers with a proxy each do not wait for each other.
    /// </summary>
    Serialized = 1,
}
