using FsCheck;
using FsCheck.Fluent;
using NativePlugins.Binary.Text;

namespace NativePlugins.Binary.Tests;

public sealed class UntrustedTextTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("", "")]
    [InlineData("[red]", "[red]")]
    [InlineData("a\u001B[31mb", "a\\u001B[31mb")]
    [InlineData("a\nb\tc\rd\0", "a\\u000Ab\\u0009c\\u000Dd\\u0000")]
    [InlineData("a\u202Eb\u2028c\u009Bd\u200Be", "a\\u202Eb\\u2028c\\u009Bd\\u200Be")]
    [InlineData("grüße プラグイン 🦀", "grüße プラグイン 🦀")]
    public void Control_and_format_characters_are_escaped_and_letters_are_not(string text, string escaped) =>
        Assert.Equal(escaped, UntrustedText.Escape(text));

    [Fact]
    public void A_lone_surrogate_is_escaped_and_a_pair_is_not()
    {
        Assert.Equal("a\\uD83Db", UntrustedText.Escape("a\uD83Db"));
        Assert.Equal("\\uDE80\\uD83D", UntrustedText.Escape("\uDE80\uD83D"));
        Assert.Equal("\uD83D\uDE80", UntrustedText.Escape("\uD83D\uDE80"));
    }

    [Fact]
    public void Only_multiline_text_keeps_line_feeds_and_tabs()
    {
        Assert.Equal("a\nb\tc\\u000D", UntrustedText.Escape("a\nb\tc\r", multiline: true));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Long_text_is_cut_between_characters(int shift)
    {
        string text = new string('x', shift) + string.Concat(Enumerable.Repeat("🦀", 3000));

        string escaped = UntrustedText.Escape(text);

        Assert.EndsWith("🦀…", escaped, StringComparison.Ordinal);
        Assert.InRange(escaped.Length, 2047, 2049);
    }

    [Fact]
    public void Text_of_the_longest_length_is_not_cut()
    {
        string text = new('x', 2048);

        Assert.Equal(text, UntrustedText.Escape(text));
        Assert.Equal(text + "…", UntrustedText.Escape(text + "y"));
    }

    [Fact]
    public void Nothing_that_a_terminal_obeys_is_left() => Check.One(
        Config.QuickThrowOnFailure,
        Prop.ForAll(ArbMap.Default.ArbFor<string>(), text =>
        {
            string escaped = UntrustedText.Escape(text ?? string.Empty);
            return !escaped.Any(c => char.IsControl(c) || c is '\u2028' or '\u2029' or '\u202E')
                && !System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(escaped)).Contains('\uFFFD', StringComparison.Ordinal);
        }));
}
