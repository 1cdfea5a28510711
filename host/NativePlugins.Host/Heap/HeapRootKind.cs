namespace NativePlugins.Host.Heap;

/// <summary>What keeps an object that no other object has to refer to.</summary>
internal enum HeapRootKind
{
    /// <summary>A static field.</summary>
    Static,

    /// <summary>A GCHandle, or a handle of the runtime's own.</summary>
    Handle,

    /// <summary>A thread that works with it.</summary>
    Stack,

    /// <summary>A finalizer that is about to run, or something else of the runtime's.</summary>
    Other,
}
