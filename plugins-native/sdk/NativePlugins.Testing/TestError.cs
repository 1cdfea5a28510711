namespace NativePlugins.Testing;

/// <summary>What a call reported about why it failed.</summary>
/// <param name="Code">The status that it was about to return.</param>
/// <param name="Type">The type of the exception, or empty.</param>
/// <param name="Message">What went wrong.</param>
/// <param name="Detail">The stack trace, with those of inner exceptions, or empty.</param>
public sealed record TestError(int Code, string Type, string Message, string Detail);
