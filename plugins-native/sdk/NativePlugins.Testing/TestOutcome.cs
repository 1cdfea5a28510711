namespace NativePlugins.Testing;

/// <summary>How a lifecycle call ended.</summary>
/// <param name="Status">The status as native_plugins.h defines it: 0 is success, negative numbers are NP_E_….</param>
/// <param name="Error">What was reported, if anything was.</param>
public sealed record TestOutcome(int Status, TestError? Error)
{
    /// <summary>Whether it succeeded.</summary>
    public bool IsSuccess => Status == 0;

    /// <summary>Throws when it did not succeed.</summary>
    /// <exception cref="TestFaultException">With what the plugin reported.</exception>
    public void EnsureSuccess()
    {
        if (!IsSuccess)
        {
            throw new TestFaultException("The call", Status, Error);
        }
    }
}
