namespace Logs;

/// <summary>How bad it is.</summary>
public enum Severity
{
    /// <summary>For who looks for a fault.</summary>
    Debug,

    /// <summary>As it should be.</summary>
    Information,

    /// <summary>It went on, but not as it should.</summary>
    Warning,

    /// <summary>It did not work.</summary>
    Error,
}
