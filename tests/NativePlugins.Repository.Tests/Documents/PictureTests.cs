using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace NativePlugins.Repository.Tests.Documents;

/// <summary>The pictures that <c>./build.sh pictures</c> draws: whoever shows them loads and runs nothing else.</summary>
public partial class PictureTests
{
    private const string Session = "docs/pictures/first-steps.svg";

    private static readonly string[] s_drawing = ["svg", "g", "path", "rect", "circle", "text", "title", "desc", "style", "tspan"];

    public static TheoryData<string> Pictures => [.. RepositoryFiles.Named(".svg")];

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_picture_is_well_formed_and_only_draws(string file)
    {
        XElement[] elements = [.. Load(file).DescendantsAndSelf()];

        Assert.Empty(elements.Select(element => element.Name.LocalName).Distinct().Except(s_drawing));
        Assert.DoesNotContain(elements.Attributes(), attribute => attribute.Name.LocalName.StartsWith("on", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_picture_refers_to_nothing_else(string file)
    {
        IEnumerable<XAttribute> attributes = Load(file).DescendantsAndSelf().Attributes().Where(attribute => !attribute.IsNamespaceDeclaration);

        Assert.DoesNotContain(attributes, attribute => attribute.Name.LocalName == "href");
        Assert.DoesNotContain(attributes.Select(attribute => attribute.Value).Append(Style(file)), text => Reference().IsMatch(text));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void A_picture_shows_nothing_of_the_machine_that_drew_it(string file) => Assert.DoesNotMatch(MachinePath(), RepositoryFiles.Text(file));

    [Fact]
    public void The_session_lasts_15_to_25_seconds()
    {
        string seconds = Assert.Single(Loop().Matches(Style(Session))).Groups[1].Value;

        Assert.InRange(double.Parse(seconds, CultureInfo.InvariantCulture), 15, 25);
    }

    [Fact]
    public void The_session_moves_only_for_those_who_do_not_mind_and_all_of_it_stands_there_for_the_others()
    {
        string still = Style(Session)[..Style(Session).IndexOf("@media (prefers-reduced-motion:no-preference){", StringComparison.Ordinal)];

        Assert.Equal(".cover{opacity:0}", still.Trim());
        Assert.DoesNotContain(Load(Session).Descendants(), element => element.Attribute("opacity") is not null || element.Attribute("visibility") is not null);
        Assert.All(Load(Session).Descendants().Where(element => (string?)element.Attribute("class") is { } name && name.StartsWith("cover", StringComparison.Ordinal)), cover => Assert.Equal("", cover.Value));
    }

    [Fact]
    public void The_session_can_be_read_aloud()
    {
        XElement session = Load(Session);
        string[] ids = ((string?)session.Attribute("aria-labelledby") ?? "").Split(' ');

        Assert.Equal(["title", "desc"], session.Elements().Where(element => ids.Contains((string?)element.Attribute("id")) && element.Value.Length > 20).Select(element => element.Name.LocalName));
    }

    private static XElement Load(string file) => XDocument.Load(RepositoryFiles.PathOf(file)).Root!;

    private static string Style(string file) => string.Concat(Load(file).Descendants().Where(element => element.Name.LocalName == "style").Select(style => style.Value));

    [GeneratedRegex(@"url\(|@import|://|^data:|javascript:")]
    private static partial Regex Reference();

    [GeneratedRegex(@"(?<![\w.…])/(?:root|home|Users|work|workspace|tmp|var|mnt|builds)/")]
    private static partial Regex MachinePath();

    [GeneratedRegex(@"animation:([\d.]+)s [^}]*infinite")]
    private static partial Regex Loop();
}
