using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;

namespace NativePlugins.Build;

/// <summary>Draws the projects and their rooms, from the file that the tests hold the code to.</summary>
internal static class RoomsPicture
{
    private const int Width = 980;
    private const int Line = 24;
    private const int Margin = 16;
    private const int NameWidth = 250;

    public static string Draw(string json)
    {
        using var document = JsonDocument.Parse(json);
        JsonElement root = document.RootElement;
        var body = new StringBuilder();
        var y = Margin;
        foreach (JsonElement project in root.GetProperty("projects").EnumerateArray().Reverse())
        {
            y = Project(body, y, project, root.GetProperty("rooms"));
        }

        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {Width} {y}" role="img" font-family="system-ui, sans-serif" font-size="14">
            <title>The projects and the rooms, lowest at the bottom</title>
            <desc>Each project and each room refers to what stands below it only.</desc>
            <rect width="{Width}" height="{y}" rx="8" fill="#fbfbfd" stroke="#c8ccd4"/>
            {body.ToString().TrimEnd()}
            </svg>

            """;
    }

    private static int Project(StringBuilder body, int y, JsonElement project, JsonElement allRooms)
    {
        var name = project.GetProperty("name").GetString()!;
        JsonElement[] rooms = allRooms.TryGetProperty(name, out JsonElement declared) ? [.. declared.EnumerateArray().Reverse()] : [];
        var height = Line * (rooms.Length + 1) + Margin;
        body.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{Margin}" y="{y}" width="{Width - (2 * Margin)}" height="{height}" rx="6" fill="#e8edf7" stroke="#8a97b1"/>""");
        Row(body, y + Line - 4, Margin * 2, name, project.GetProperty("what").GetString()!, isBold: true);
        for (var i = 0; i < rooms.Length; i++)
        {
            var top = y + Line + 4 + (i * Line);
            body.AppendLine(CultureInfo.InvariantCulture, $"""<rect x="{Margin * 2}" y="{top}" width="{Width - (4 * Margin)}" height="{Line - 3}" rx="3" fill="#ffffff" stroke="#b8c1d4"/>""");
            Row(body, top + Line - 8, Margin * 3, rooms[i].GetProperty("name").GetString()!, rooms[i].GetProperty("what").GetString()!, isBold: false);
        }

        return y + height + (Margin / 2);
    }

    private static void Row(StringBuilder body, int y, int x, string name, string what, bool isBold)
    {
        body.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{x}" y="{y}" fill="#1b2333"{(isBold ? " font-weight=\"600\"" : "")}>{WebUtility.HtmlEncode(name)}</text>""");
        body.AppendLine(CultureInfo.InvariantCulture, $"""<text x="{NameWidth + (2 * Margin)}" y="{y}" fill="#3c465a">{WebUtility.HtmlEncode(what)}</text>""");
    }
}
