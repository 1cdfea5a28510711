namespace NativePlugins.Testing;

/// <summary>How a run of the plugin's command ended, and what it printed.</summary>
public sealed class TestRun
{
    internal TestRun(int status, int exitStatus, string output, string errorOutput, TestError? error)
    {
        Status = status;
        RawExitStatus = exitStatus;
        Output = output;
        ErrorOutput = errorOutput;
        Error = error;
    }

    /// <summary>The status of the call as native_plugins.h defines it: 0 says that the command ran, negative numbers are NP_E_….</summary>
    public int Status { get; }

    /// <summary>What the command returned: 0 is success, and 0 to 63 are the plugin's to use.</summary>
    /// <exception cref="TestFaultException">The command did not run to its end.</exception>
    public int ExitStatus => Status == 0 ? RawExitStatus : throw new TestFaultException("The command", Status, Error);

    /// <summary>What it wrote to standard output, also when it failed later.</summary>
    public string Output { get; }

    /// <summary>What it wrote to standard error, also when it failed later.</summary>
    public string ErrorOutput { get; }

    /// <summary>What was reported, if the command did not run to its end.</summary>
    public TestError? Error { get; }

    /// <summary>What stands where the plugin writes its exit status, whether it has or not.</summary>
    internal int RawExitStatus { get; }
}
