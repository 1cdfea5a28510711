using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NativePlugins.Sdk.Tasks;

/// <summary>The manifest as JSON. Written by hand: MSBuild on .NET Framework brings no JSON writer that a task may count on.</summary>
internal static class ManifestText
{
    public static string Of(PluginFacts facts, string abi, string rid, string library, IEnumerable<string> files) =>
        $$"""
        {
          "manifestVersion": 1,
          "id": {{Quote(facts["Id"])}},
          "name": {{Quote(facts["Name"])}},
          "version": {{Quote(facts["Version"])}},
          "abi": {{Quote(abi)}},
          "services": {{List(facts["Services"].Split(';').Where(s => s.Length > 0))}},
          "language": "C#",
          "runtime": "nativeaot",
          "runtimeVersion": {{Quote(facts["RuntimeVersion"])}},
          "rid": {{Quote(rid)}},
          "library": {{Quote(library)}},
          "files": {{List(files)}}
        }

        """.Replace("\r\n", "\n");

    private static string List(IEnumerable<string> items) => "[" + string.Join(", ", items.Select(Quote)) + "]";

    private static string Quote(string text)
    {
        var json = new StringBuilder("\"");
        foreach (char c in text)
        {
            if (c is '"' or '\\')
            {
                json.Append('\\').Append(c);
            }
            else if (c < ' ' || c == '\u007f' || char.IsSurrogate(c))
            {
                json.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
            }
            else
            {
                json.Append(c);
            }
        }

        return json.Append('"').ToString();
    }
}
