using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;

namespace NativePlugins.Contracts.Generators;

/// <summary>Comments, strings and long lines of a header.</summary>
internal static class HeaderComment
{
    private const int Width = 110;

    // Compilers of C99 need not take string literals longer than 4095 characters (5.2.4.1).
    private const int MaxLiteral = 4000;

    public static void Write(CodeText code, string text, string indentation)
    {
        if (text.Length == 0)
        {
            return;
        }

        string[] lines = [.. Lines(text, Width - indentation.Length - 6)];
        for (int i = 0; i < lines.Length; i++)
        {
            code.Line($"{indentation}{(i == 0 ? "/* " : " * ")}{lines[i]}{(i == lines.Length - 1 ? " */" : "")}");
        }
    }

    public static void WriteBody(CodeText code, string text, string prefix)
    {
        foreach (string line in Lines(text, Width - prefix.Length))
        {
            code.Line((prefix + line).TrimEnd());
        }
    }

    public static void WriteMember(CodeText code, ContractModel contract, MemberModel member)
    {
        var text = new List<string>();
        if (member.Doc.Length > 0)
        {
            text.Add(member.Doc);
        }

        text.AddRange(member.Parameters
            .Select(p => (p.CName, Text: Join(p.Doc, p.Shape.Note(member.Result.IsAsync))))
            .Where(p => p.Text.Length > 0).Select(p => $"{p.CName}: {p.Text}"));
        if (Result(member.Result) is { Length: > 0 } result)
        {
            text.Add(result);
        }

        text.Add($"{(member.Minor > 0 ? $"Since {contract.Major}.{member.Minor}. " : "")}[any-thread & started]");
        Write(code, string.Join("\n", text), "    ");
    }

    public static string AtLineEnd(string text) => text.Length == 0 ? "" : $" /* {string.Join(" ", Lines(text, int.MaxValue))} */";

    /// <summary>start, items with commas, end: broken at the width.</summary>
    public static string Wrap(string start, IEnumerable<string> items, string end)
    {
        var text = new StringBuilder(start);
        string indentation = new(' ', start.Length - start.TrimStart().Length + 8);
        int column = start.Length;
        bool isFirst = true;
        foreach (string item in items)
        {
            if (!isFirst)
            {
                text.Append(',');
                column++;
            }

            if (!isFirst && column + 1 + item.Length + end.Length > Width)
            {
                text.Append('\n').Append(indentation);
                column = indentation.Length;
            }
            else if (!isFirst)
            {
                text.Append(' ');
                column++;
            }

            text.Append(item);
            column += item.Length;
            isFirst = false;
        }

        return text.Append(end).ToString();
    }

    /// <summary>A string as an initialiser, a literal for each line; one too long for a literal as its bytes.</summary>
    public static void WriteString(CodeText code, string start, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        code.Line(start);
        if (bytes.Length > MaxLiteral)
        {
            code.Line("    {");
            for (int i = 0; i < bytes.Length; i += 20)
            {
                code.Line("    " + string.Concat(bytes.Skip(i).Take(20).Select(b => $"{(b < 128 ? b : b - 256).ToString(CultureInfo.InvariantCulture)}, ")).TrimEnd());
            }

            code.Line("    0};");
            return;
        }

        string[] lines = [.. text.Split('\n').Where(line => line.Length > 0)];
        for (int i = 0; i < lines.Length; i++)
        {
            code.Line($"    \"{Escape(lines[i])}\\n\"{(i == lines.Length - 1 ? ";" : "")}");
        }
    }

    private static string Escape(string line)
    {
        var text = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(line))
        {
            _ = b is (byte)'"' or (byte)'\\' ? text.Append('\\').Append((char)b)
                : b is (byte)'?' ? text.Append("\\?")
                : b is >= 32 and < 127 ? text.Append((char)b)
                : text.Append('\\').Append(System.Convert.ToString(b, 8).PadLeft(3, '0'));
        }

        return text.ToString();
    }

    private static string Result(ResultModel result) =>
        result.IsAsync ? Join($"completion: takes {result.Shape.FormLater}.", result.Doc) + "\nerror: borrowed until the function returns."
        : result.IsNone ? ""
        : Join($"result: {result.Shape.Form}.", result.Doc);

    private static string Join(string first, string second) => first.Length == 0 ? second : second.Length == 0 ? first : $"{first} {second}";

    private static IEnumerable<string> Lines(string text, int width)
    {
        foreach (string paragraph in text.Replace("*/", "* /").Replace("/*", "/ *").Split('\n'))
        {
            var line = new StringBuilder();
            foreach (string word in paragraph.Split(' ').Where(w => w.Length > 0))
            {
                if (line.Length > 0 && line.Length + 1 + word.Length > width)
                {
                    yield return line.ToString();
                    line.Clear();
                }

                line.Append(line.Length > 0 ? " " : "").Append(word);
            }

            if (line.Length > 0)
            {
                yield return line.ToString();
            }
        }
    }
}
