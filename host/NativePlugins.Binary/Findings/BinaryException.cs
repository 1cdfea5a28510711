using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Findings;

/// <summary>Ends the reading of a file, and carries the reason. It never leaves the public interface, which returns reasons as values.</summary>
internal sealed class BinaryException(BinaryReason reason) : Exception(
    Report.Compose(reason.Code, reason.Message, reason.Expected, reason.Found, reason.Advice), reason.Cause)
{
    public BinaryReason Reason => reason;
}
