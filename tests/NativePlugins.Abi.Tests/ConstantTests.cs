using System.Globalization;
using System.Reflection;
using System.Text;

namespace NativePlugins.Abi.Tests;

public class ConstantTests
{
    [Fact]
    public void The_bindings_have_every_number_of_the_header()
    {
        var header = CHeader.Current.Constants().Where(pair => TryNumber(pair.Value, out _)).ToDictionary(pair => pair.Key, pair => Number(pair.Value));
        var bindings = typeof(np).GetFields(BindingFlags.Static | BindingFlags.Public)
            .ToDictionary(field => field.Name, field => Int128.Parse(Convert.ToString(field.GetRawConstantValue(), CultureInfo.InvariantCulture)!, CultureInfo.InvariantCulture));

        Assert.NotEmpty(bindings);
        Assert.Equal(header.OrderBy(pair => pair.Key), bindings.OrderBy(pair => pair.Key));
    }

    [Fact]
    public void The_bindings_have_every_service_id_of_the_header()
    {
        Assert.Equal("np.command/1", Encoding.UTF8.GetString(np.NP_COMMAND_ID));
        Assert.Equal("np.log/1", Encoding.UTF8.GetString(np.NP_LOG_ID));
        Assert.Equal("np.config/1", Encoding.UTF8.GetString(np.NP_CONFIG_ID));
        Assert.Equal("np.paths/1", Encoding.UTF8.GetString(np.NP_PATHS_ID));

        var drafts = CHeader.Current.DraftStructs.Select(name => name.ToUpperInvariant() + "_ID");
        var ids = CHeader.Current.Constants().Where(pair => pair.Value.StartsWith('"')).Select(pair => pair.Key).Except(drafts);
        Assert.Equal(ids.Order(), typeof(np).GetProperties().Select(property => property.Name).Order());
    }

    [Fact]
    public void No_two_status_codes_are_the_same()
    {
        var codes = CHeader.Current.Constants().Where(pair => pair.Key is "NP_OK" || pair.Key.StartsWith("NP_E_", StringComparison.Ordinal)).ToArray();

        Assert.Equal(12, codes.DistinctBy(pair => pair.Value).Count());
        Assert.Equal(12, codes.Length);
    }

    private static Int128 Number(string text) => TryNumber(text, out var number) ? number : throw new FormatException(text);

    private static bool TryNumber(string text, out Int128 number)
    {
        text = text.Trim('(', ')').TrimEnd('u', 'U', 'L');
        return text.StartsWith("0x", StringComparison.Ordinal)
            ? Int128.TryParse(text.AsSpan(2), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out number)
            : Int128.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }
}
