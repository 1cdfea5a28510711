using System.Globalization;
using NativePlugins.Binary;
using NativePlugins.Binary.Files;
using NativePlugins.Host.Verification;

namespace NativePlugins.Host.Tests.Diagnostics;

/// <summary>What this library reports reads the same under every culture of the application.</summary>
public sealed class CultureTests : IDisposable
{
    private readonly TemporaryDirectory _temp = new();
    private readonly CultureInfo _before = CultureInfo.CurrentCulture;

    public CultureTests()
    {
        var foreign = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        (foreign.NumberFormat.NumberGroupSeparator, foreign.NumberFormat.NumberDecimalSeparator, foreign.NumberFormat.NegativeSign) = ("·", "٫", "−");
        CultureInfo.CurrentCulture = foreign;
    }

    public void Dispose()
    {
        CultureInfo.CurrentCulture = _before;
        _temp.Dispose();
    }

    [Fact]
    public void A_size_in_a_refusal() => Assert.Equal(
        "4,096 bytes", Assert.Throws<PluginFileTooShortException>(() => PluginPreflight.Check(_temp.WriteFile("x.so", File.ReadAllBytes(CCompiler.Plugin()).AsSpan(0, 4096)))).Found);

    [Fact]
    public void A_field_of_a_refusal()
    {
        BinaryReason e = FileFailures.Malformed("x.so", $"entry {-1}", $"at most {4096:N0} bytes", $"{-1.5:0.0}");

        Assert.Equal(("'x.so' is malformed: entry -1.", "at most 4,096 bytes", "-1.5"), (e.Message, e.Expected, e.Found));
    }
}
