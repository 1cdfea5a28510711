using System.Globalization;
using NativePlugins.Abi;

namespace NativePlugins.Testing;

/// <summary>A plugin failed where the test needs it to succeed. The message has the plugin's own stack trace.</summary>
public sealed class TestFaultException : Exception
{
    /// <summary>For what the base class promises.</summary>
    public TestFaultException()
    {
    }

    /// <summary>For what the base class promises.</summary>
    public TestFaultException(string message)
        : base(message)
    {
    }

    /// <summary>For what the base class promises.</summary>
    public TestFaultException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    internal TestFaultException(string what, int status, TestError? error)
        : base(Describe(what, status, error))
    {
        Status = status;
        Error = error;
    }

    /// <summary>The status of the call that failed.</summary>
    public int Status { get; }

    /// <summary>What the plugin reported, if it did.</summary>
    public TestError? Error { get; }

    private static string Describe(string what, int status, TestError? error)
    {
        string text = string.Create(CultureInfo.InvariantCulture, $"{what} failed with status {status} ({Name(status)})");
        return error is null
            ? $"{text}, and the plugin reported nothing."
            : $"{text}: {(error.Type.Length > 0 ? $"{error.Type}: " : "")}{error.Message}\n{error.Detail}".TrimEnd();
    }

    private static string Name(int status) => status switch
    {
        np.NP_E_FAILED => "NP_E_FAILED",
        np.NP_E_FAULT => "NP_E_FAULT",
        np.NP_E_INVALID_ARGUMENT => "NP_E_INVALID_ARGUMENT",
        np.NP_E_INVALID_STATE => "NP_E_INVALID_STATE",
        np.NP_E_NOT_FOUND => "NP_E_NOT_FOUND",
        np.NP_E_UNSUPPORTED => "NP_E_UNSUPPORTED",
        np.NP_E_OUT_OF_MEMORY => "NP_E_OUT_OF_MEMORY",
        np.NP_E_CANCELLED => "NP_E_CANCELLED",
        np.NP_E_CONFIGURATION => "NP_E_CONFIGURATION",
        np.NP_E_IO => "NP_E_IO",
        np.NP_E_PERMISSION => "NP_E_PERMISSION",
        _ => "the plugin's own",
    };
}
