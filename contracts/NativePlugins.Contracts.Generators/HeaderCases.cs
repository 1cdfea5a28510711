using System.Collections.Generic;
using System.Linq;

namespace NativePlugins.Contracts.Generators;

/// <summary>What the struct of data that may be one of several types has before its members: a tag, and a pointer to the struct of the case.</summary>
internal static class HeaderCases
{
    /// <summary>The macro of a tag.</summary>
    public static string Macro(DataModel data, CaseModel item) => CNames.Tag(data.CSharp, item.Tag == 0 ? "Itself" : item.Name);

    public static IEnumerable<string> Macros(DataModel data)
    {
        foreach (CaseModel item in data.Cases)
        {
            string doc = item.Tag == 0 ? "None of the others: value is NULL." : item.Doc;
            yield return $"#define {Macro(data, item)} {item.Tag}u{HeaderComment.AtLineEnd(Since(doc, item.Minor))}";
        }
    }

    public static IEnumerable<string> Fields(DataModel data)
    {
        if (data.Cases.Count == 0)
        {
            yield break;
        }

        yield return $"uint32_t tag; /* Which of these it is: {CNames.Macro(data.C)}_*. Refuse what you do not know. */";
        yield return "union {";
        foreach (CaseModel item in data.Cases.Where(item => item.Tag != 0))
        {
            yield return $"    const struct {item.C} *{item.CName};";
        }

        yield return "} value; /* The one of the tag; not NULL. */";
    }

    private static string Since(string doc, int minor) => minor == 0 ? doc : $"{doc}{(doc.Length == 0 ? "" : " ")}Since minor version {minor}.";
}
