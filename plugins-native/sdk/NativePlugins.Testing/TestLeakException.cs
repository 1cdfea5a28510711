namespace NativePlugins.Testing;

/// <summary>A plugin left something behind: a thread after it was stopped, or objects after it was destroyed.</summary>
public sealed class TestLeakException : Exception
{
    /// <summary>For what the base class promises.</summary>
    public TestLeakException()
    {
    }

    /// <summary>Says what was left.</summary>
    public TestLeakException(string message)
        : base(message)
    {
    }

    /// <summary>For what the base class promises.</summary>
    public TestLeakException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }
}
