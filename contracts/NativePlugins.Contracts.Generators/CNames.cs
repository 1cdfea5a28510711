using System;
using System.Collections.Generic;
using System.Text;

namespace NativePlugins.Contracts.Generators;

/// <summary>The names that C, C++ and Rust see.</summary>
internal static class CNames
{
    // Parameters that the generator adds to a function, and the fields that every table begins with.
    private static readonly HashSet<string> s_taken =
    [
        "context", "result", "completion", "error", "struct_size", "minor", "fingerprints", "signature", "signature_length",
    ];

    /// <summary>imaging.filter, 1: imaging_filter_1.</summary>
    public static string Contract(string id, int major) => $"{id.Replace('.', '_')}_{major}";

    /// <summary>Imaging.ImageSize: imaging_image_size; and where that cannot be a type's name, imaging_image_size_.</summary>
    public static string Type(string fullName)
    {
        string snake = Words(fullName);
        return IsReserved(snake) ? snake + "_" : snake;
    }

    /// <summary>A value of an enum, behind the enum's name: in no one's way by itself.</summary>
    public static string Value(string name) => Words(name);

    /// <summary>The macro of the tag of a case: IMAGING_FIGURE_CIRCLE.</summary>
    /// <param name="fullName">The type whose case it is.</param>
    /// <param name="name">The case.</param>
    public static string Tag(string fullName, string name) => Macro($"{Type(fullName)}_{Words(name)}");

    /// <summary>A parameter or field: applyCurve is apply_curve, and what cannot be a name gets a '_' at its end.</summary>
    public static string Member(string name)
    {
        string snake = Snake(name);
        return s_taken.Contains(snake) || IsReserved(snake) ? snake + "_" : snake;
    }

    /// <summary>A function of the table, which is called by its name.</summary>
    public static string Function(string name)
    {
        string member = Member(name);
        return ReservedNames.FunctionMacros.Contains(member) ? member + "_" : member;
    }

    /// <summary>A part of a name that begins with another one: nobody's word.</summary>
    public static string Part(string name) => Snake(name);

    public static string Macro(string cName) => cName.ToUpperInvariant();

    private static string Words(string fullName) => Snake(fullName.Replace("global::", "").Replace('.', '_'));

    private static bool IsReserved(string name) =>
        name.StartsWith("__", StringComparison.Ordinal) || ReservedNames.Words.Contains(name) || ReservedNames.Declared.Contains(name) || ReservedNames.Macros.Contains(name);

    private static string Snake(string name)
    {
        var text = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            char c = name[i];
            bool isWordStart = char.IsUpper(c) && i > 0 && name[i - 1] != '_'
                && (!char.IsUpper(name[i - 1]) || (i + 1 < name.Length && char.IsLower(name[i + 1])));
            if (isWordStart)
            {
                text.Append('_');
            }

            if (c is '_' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'))
            {
                text.Append(char.ToLowerInvariant(c));
            }
            else
            {
                // C99 has universal character names, but no two compilers agree on them.
                text.Append('u').Append(((int)c).ToString("x4", System.Globalization.CultureInfo.InvariantCulture));
            }
        }

        return text.ToString();
    }
}
