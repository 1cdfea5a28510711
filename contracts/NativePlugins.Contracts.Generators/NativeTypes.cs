using System.Collections.Generic;
using System.Linq;
using Microsoft.CodeAnalysis.CSharp;

namespace NativePlugins.Contracts.Generators;

/// <summary>The C# types of a function of the table, and of a member of the interface.</summary>
internal static class NativeTypes
{
    /// <summary>A member's or interface's own name as C# writes it: @event.</summary>
    public static string Escape(string name) => SyntaxFacts.GetKeywordKind(name) == SyntaxKind.None ? name : "@" + name;

    public static string Slot(MemberModel member) => $"Slot{member.Name}";

    /// <summary>The type of the pointer in the table.</summary>
    public static string Function(MemberModel member, bool isFast = false) =>
        $"delegate* unmanaged[Cdecl{(isFast ? ", SuppressGCTransition" : "")}]<{string.Join(", ", Types(member).Append("int"))}>";

    /// <summary>Context, parameters, result, error.</summary>
    public static IEnumerable<string> Types(MemberModel member)
    {
        yield return "void*";
        foreach (string type in member.Parameters.SelectMany(p => p.Shape.Native))
        {
            yield return type;
        }

        if (Result(member.Result) is { } result)
        {
            yield return result;
        }

        yield return "void*";
    }

    /// <summary>Of the argument that takes the result, or completes the call; null when there is none.</summary>
    public static string? Result(ResultModel result) => result.IsAsync ? "void*" : result.Shape.Native;

    /// <summary>The parameter as the interface declares it.</summary>
    public static string Declared(ParameterModel parameter) => $"{parameter.NullAttributes}{(parameter.IsIn ? "in " : "")}{parameter.Shape.Declared} @{parameter.Name}";

    /// <summary>The parameter as the argument of another call.</summary>
    public static string Argument(ParameterModel parameter)
    {
        string declared = parameter.Shape.Declared;
        string way = parameter.IsIn ? "in " : declared.StartsWith("out ") ? "out " : declared.StartsWith("ref ") ? "ref " : "";
        return $"{way}@{parameter.Name}";
    }

    /// <summary>The type of a property, by one of its accessors.</summary>
    public static string Property(MemberModel accessor) => accessor.IsSetter ? accessor.Parameters[0].Shape.Declared : Declared(accessor.Result);

    /// <summary>The result as the interface declares it.</summary>
    public static string Declared(ResultModel result)
    {
        string task = $"global::System.Threading.Tasks.{(result.IsTask ? "Task" : "ValueTask")}";
        return !result.IsAsync ? result.Shape.Declared
            : result.IsNone ? task
            : $"{task}<{result.Shape.Declared}>";
    }
}
