namespace NativePlugins.Host.Heap;

/// <summary>How something is kept: by what, and through objects of which types.</summary>
/// <param name="Kind">What keeps the first of them.</param>
/// <param name="Fields">The names of the static fields that hold the first, if <see cref="HeapRootKind.Static"/> ones do; else none.</param>
/// <param name="Types">From the root on, without what is kept.</param>
internal sealed record HeapPath(HeapRootKind Kind, IReadOnlyList<string> Fields, IReadOnlyList<string> Types);
