namespace NativePlugins.Sdk.Text;

/// <summary>A sink took no more. The status is returned onwards when this leaves the command.</summary>
internal sealed class SinkRefusedException(int status)
    : IOException($"The host takes no more of this command's text (status {status}).")
{
    public int Status { get; } = status;
}
