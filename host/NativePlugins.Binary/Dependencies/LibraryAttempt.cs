using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>What a loader finds when it tries a path.</summary>
internal enum LibraryAttemptKind
{
    /// <summary>Nothing, or nothing that the loader may open. The loader goes on searching.</summary>
    Absent,

    /// <summary>A library for another machine. The loader goes on searching.</summary>
    PassedOver,

    /// <summary>The system gives another error (a loop of links, a name that is too long). The loader leaves this list of directories.</summary>
    Unreachable,

    /// <summary>Something else. The search ends, and loading fails.</summary>
    Broken,

    /// <summary>The library.</summary>
    Found,
}

/// <param name="Kind">What was found.</param>
/// <param name="Image">The library.</param>
/// <param name="Problem">What is wrong with the file there.</param>
internal readonly record struct LibraryAttempt(LibraryAttemptKind Kind, BinaryImage? Image = null, BinaryReason? Problem = null);
