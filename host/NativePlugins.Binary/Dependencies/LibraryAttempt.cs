using NativePlugins.Binary.Model;

namespace NativePlugins.Binary.Dependencies;

/// <summary>What a loader that tries a path finds there.</summary>
internal enum LibraryAttemptKind
{
    /// <summary>Nothing, or nothing that it may open: it looks on.</summary>
    Absent,

    /// <summary>A library for another machine: it looks on.</summary>
    PassedOver,

    /// <summary>The system gives another error (a loop of links, a name that is too long): it leaves the list of directories.</summary>
    Unreachable,

    /// <summary>Something else: the search ends, and loading fails.</summary>
    Broken,

    /// <summary>The library.</summary>
    Found,
}

/// <param name="Kind">What was found.</param>
/// <param name="Image">The library.</param>
/// <param name="Problem">What is wrong with what is there.</param>
internal readonly record struct LibraryAttempt(LibraryAttemptKind Kind, BinaryImage? Image = null, BinaryReason? Problem = null);
