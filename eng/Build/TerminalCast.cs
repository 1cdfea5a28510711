using System.Globalization;
using System.Security;
using System.Text;

namespace NativePlugins.Build;

/// <summary>
/// Draws a session in a terminal as an SVG that plays it in a loop, by style sheet alone: it moves in an <c>img</c> too. Where motion is
/// not wanted or not known, all of it stands there.
/// </summary>
internal sealed class TerminalCast
{
    private const int Columns = 98;
    private const int Gap = 8;

    // In seconds. What a machine takes is capped, so that the picture is the same of a fast and a slow one.
    private const double Beginning = 0.4;
    private const double Key = 0.017;
    private const double Answer = 0.25;
    private const double Work = 1.2;
    private const double Line = 0.04;
    private const double Reading = 0.7;
    private const double ReadingLine = 0.2;
    private const double End = 4;
    private static readonly TimeSpan s_work = TimeSpan.FromSeconds(1);

    private readonly StringBuilder _body = new();
    private readonly List<CastFrame[]> _animations = [];
    private double _at = Beginning;
    private int _bottom = TerminalText.Margin;

    public static string Draw(string title, string description, IEnumerable<CastScene> scenes)
    {
        var cast = new TerminalCast();
        foreach (CastScene scene in scenes)
        {
            cast.Add(scene);
        }

        return cast.Complete(title, description);
    }

    private void Add(CastScene scene)
    {
        if (scene.Caption.Length > 0)
        {
            _bottom += _bottom > TerminalText.Margin ? Gap : 0;
            Show(TerminalText.Comment("# " + scene.Caption));
        }

        Type(scene.Command);
        _at += Answer;
        foreach (CastOutput output in scene.Output)
        {
            _at += output.Waited > s_work ? Work : Line;
            foreach (TerminalLine line in TerminalText.Lines(output.Text, Columns))
            {
                Show(line);
            }
        }

        _at += scene.Output.Count > 0 ? Reading + (ReadingLine * scene.Output.Count) : 0;
    }

    /// <summary>A line that is there from now on.</summary>
    private void Show(TerminalLine line, string beside = "")
    {
        string name = Animate(new(0, "opacity:0"), new(_at, "opacity:1"));
        _bottom += TerminalText.LineHeight;
        _body.Append(CultureInfo.InvariantCulture, $"""
            <g class="{name}"><text x="{TerminalText.Margin}" y="{_bottom - 5}" fill="{TerminalText.Foreground}" textLength="{line.Length * TerminalText.CharacterWidth:0.##}" xml:space="preserve">{line.Markup}</text>{beside}</g>

            """);
    }

    /// <summary>A command whose letters come one after the other: what covers it, with the cursor at its left, goes to the right by steps.</summary>
    private void Type(string command)
    {
        double from = _at + Answer, to = from + (command.Length * Key);
        string there = string.Create(CultureInfo.InvariantCulture, $"transform:translateX({command.Length * TerminalText.CharacterWidth:0.##}px)");
        string name = Animate(
            new(0, "opacity:1"), new(from, $"opacity:1;transform:none;animation-timing-function:steps({command.Length})"),
            new(to, $"opacity:1;{there}"), new(to + Line, $"opacity:0;{there}"));
        double x = TerminalText.Margin + (TerminalText.Prompt.Length * TerminalText.CharacterWidth);
        string cover = string.Create(CultureInfo.InvariantCulture, $"""
            <g class="cover {name}"><rect x="{x:0.##}" y="{_bottom}" width="{Columns * TerminalText.CharacterWidth:0.##}" height="{TerminalText.LineHeight}" fill="{TerminalText.Background}"/><rect x="{x:0.##}" y="{_bottom + 2}" width="7" height="14" fill="{TerminalText.Foreground}"/></g>
            """);
        Show(TerminalText.Command(command), cover);
        _at = to;
    }

    private string Animate(params CastFrame[] frames)
    {
        _animations.Add(frames);
        return Name(_animations.Count - 1);
    }

    private static string Name(int animation) => string.Create(CultureInfo.InvariantCulture, $"a{animation}");

    private string Complete(string title, string description)
    {
        double seconds = Math.Round(_at + End, 1);
        int width = (int)(Columns * TerminalText.CharacterWidth) + (2 * TerminalText.Margin);
        int height = _bottom + TerminalText.Margin;
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $$"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{{width}}" height="{{height}}" viewBox="0 0 {{width}} {{height}}" role="img" aria-labelledby="title desc" {{TerminalText.Font}}>
            <title id="title">{{SecurityElement.Escape(title)}}</title>
            <desc id="desc">{{SecurityElement.Escape(description)}}</desc>
            <style>
            .cover{opacity:0}
            @media (prefers-reduced-motion:no-preference){
            g{animation:{{seconds:0.0}}s step-end infinite}

            """);
        for (int i = 0; i < _animations.Count; i++)
        {
            string frames = string.Concat(_animations[i].Select(frame => frame.In(seconds)));
            svg.Append(CultureInfo.InvariantCulture, $".{Name(i)}{{animation-name:{Name(i)}}}@keyframes {Name(i)}{{{frames}}}\n");
        }

        return svg.Append(CultureInfo.InvariantCulture, $$"""
            }
            </style>
            <rect width="100%" height="100%" rx="8" fill="{{TerminalText.Background}}"/>
            {{_body}}<rect x="0.5" y="0.5" width="{{width - 1}}" height="{{height - 1}}" rx="8" fill="none" stroke="#30363d"/>
            </svg>

            """).ToString();
    }
}
