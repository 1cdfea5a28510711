using System.Globalization;

namespace NativePlugins.Host.Forwarding;

/// <summary>Makes a plan of a contract's signature. Whatever the text is, it ends with a plan or a <see cref="SignatureException"/>.</summary>
internal static class SignatureReader
{
    /// <summary>The longest signature that is read, in characters.</summary>
    public const int MaxLength = 1 << 20;

    private const int MaxData = 4096;
    private const int MaxDepth = 16;
    private const string CallbackId = "callback/1"; // It has none: who lends it knows what it is.
    private const int Prefix = 40; // ContractTable

    /// <param name="signature">The text: a line for the contract, then a line for each member of data and each function.</param>
    /// <param name="minor">The minor version that both sides have: later lines do not count.</param>
    /// <exception cref="SignatureException">Something in it does not cross.</exception>
    public static ContractPlan Read(string signature, int minor)
    {
        if (signature.Length > MaxLength)
        {
            throw new SignatureException($"has {signature.Length} characters, and {MaxLength} are the most");
        }

        string[] lines = [.. signature.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
        string[] head = lines.Length == 0 ? [] : lines[0].Split(' ');
        string serviceId = head switch
        {
            ["contract", { Length: > 0 } id, "free" or "serialized"] => id,
            ["callback", "free"] => CallbackId,
            _ => throw new SignatureException("does not begin with a contract"),
        };

        var data = new Dictionary<string, DataStruct>(StringComparer.Ordinal);
        var functions = new List<FunctionPlan>();
        string[] known = [.. lines.Skip(1).Where(line => MinorOf(line) <= minor)];
        foreach (string line in known.Where(line => !IsFunction(line)))
        {
            string name = DataOf(line).Data;
            if (!data.TryAdd(name, new DataStruct(name)) && data.Count > MaxData)
            {
                throw new SignatureException($"has more than {MaxData} types of data");
            }
        }

        foreach (string line in known)
        {
            if (IsFunction(line))
            {
                functions.Add(InMember(NameOf(line), () => Function(line, functions.Count, data, isCallback: serviceId == CallbackId)));
            }
            else
            {
                (string type, string member) = DataOf(line);
                InMember($"{type.Split('.')[^1]}.{member}", () => Member(line, data[type], type.Length + member.Length + 1, data));
            }
        }

        return new ContractPlan(serviceId, [.. functions], signature);
    }

    private static T InMember<T>(string member, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (SignatureException e)
        {
            throw new SignatureException(e.Found) { Member = member };
        }
    }

    // A line is "minor rest". Only a function has parentheses.
    private static int MinorOf(string line) =>
        int.TryParse(line.AsSpan(0, Math.Max(line.IndexOf(' ', StringComparison.Ordinal), 0)), NumberStyles.None, CultureInfo.InvariantCulture, out int minor)
            ? minor : throw new SignatureException("has a line without a minor version");

    private static bool IsFunction(string line) => line.Contains('(', StringComparison.Ordinal);

    private static string NameOf(string line) => Rest(line).Split('(')[0];

    private static string Rest(string line) => line[(line.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static (string Data, string Member) DataOf(string line)
    {
        string full = Rest(line).Split(": ")[0];
        int dot = full.LastIndexOf('.');
        return dot > 0 ? (full[..dot], full[(dot + 1)..]) : throw new SignatureException("has a line that is neither a function nor a member of data");
    }

    private static bool Member(string line, DataStruct target, int nameLength, Dictionary<string, DataStruct> data)
    {
        var text = new TypeReader(Rest(line), nameLength, data);
        text.Expect(": ");
        WireType type = text.Type();
        text.Expect(" @");
        int offset = text.Number();
        text.End();
        target.Add(type, offset);
        return true;
    }

    private static FunctionPlan Function(string line, int slot, Dictionary<string, DataStruct> data, bool isCallback)
    {
        string name = NameOf(line);
        var text = new TypeReader(Rest(line), name.Length, data);
        var parameters = new List<ParameterPlan>();
        text.Expect("(");
        while (!text.TryTake(")"))
        {
            if (parameters.Count > 0)
            {
                text.Expect(", ");
            }

            string parameter = isCallback ? $"{parameters.Count}" : text.Word();
            text.Expect(isCallback ? "" : ": ");
            parameters.Add(Parameter(parameter, ref text, 0));
        }

        text.Expect(" -> ");
        bool isAsync = text.TryTake("task<");
        (ResultKind kind, WireType? result) = Result(ref text);
        text.Expect(isAsync ? "> @" : " @");
        if (slot >= ForwardingEntries.Count)
        {
            throw new SignatureException($"is function {slot + 1}, and {ForwardingEntries.Count} are the most that reach a plugin in another process");
        }

        if (text.Number() != Prefix + (8 * slot))
        {
            throw new SignatureException("does not stand where the functions before it put it");
        }

        text.Expect("/");
        _ = text.Number();
        text.End();
        var plan = new FunctionPlan(name, [.. parameters], kind, result, isAsync);
        return plan.StackWords <= NativeWords.StackWords ? plan
            : throw new SignatureException($"has {plan.StackWords} arguments on the stack, and {NativeWords.StackWords} are the most that reach a plugin in another process");
    }

    private static ParameterPlan Parameter(string name, ref TypeReader text, int depth)
    {
        if (text.TryTake("callback(") || text.TryTake("callback?("))
        {
            SkipCallback(ref text, depth + 1);
            return new ParameterPlan(name, ParameterKind.Contract, null);
        }

        if (text.TryTake("contract "))
        {
            _ = text.ServiceId();
            _ = text.TryTake("?");
            return new ParameterPlan(name, ParameterKind.Contract, null);
        }

        if (text.TryTake("cancellation"))
        {
            return new ParameterPlan(name, ParameterKind.Cancellation, null);
        }

        if (text.TryTake("out ") || text.TryTake("ref "))
        {
            bool isRef = text.Before("ref ");
            return new ParameterPlan(name, isRef ? ParameterKind.Ref : ParameterKind.Out, Plain(text.Type()));
        }

        bool isReadOnly = text.TryTake("readonly ");
        if (text.TryTake("span<") || text.TryTake("memory<"))
        {
            WireType item = Plain(text.Type());
            text.Expect(">");
            return new ParameterPlan(name, isReadOnly ? ParameterKind.Span : ParameterKind.WritableSpan, item);
        }

        WireType type = text.ParameterType(out bool isPointer);
        return type switch
        {
            PlainType { Number: not null } when !isPointer => new ParameterPlan(name, ParameterKind.Value, type),
            PlainType => new ParameterPlan(name, ParameterKind.Pointer, type),
            TextType => new ParameterPlan(name, ParameterKind.Text, type),
            _ => new ParameterPlan(name, ParameterKind.Data, type),
        };
    }

    // It brings a signature of its own with it. What it has must cross all the same, which is found out before any call.
    private static void SkipCallback(ref TypeReader text, int depth)
    {
        if (depth > MaxDepth)
        {
            throw new SignatureException($"has callbacks in callbacks, more than {MaxDepth}");
        }

        for (bool isFirst = true; !text.TryTake(")"); isFirst = false)
        {
            text.Expect(isFirst ? "" : ", ");
            _ = Parameter("", ref text, depth);
        }

        text.Expect(" -> ");
        bool isAsync = text.TryTake("task<");
        _ = Result(ref text);
        text.Expect(isAsync ? ">" : "");
    }

    private static (ResultKind, WireType?) Result(ref TypeReader text)
    {
        if (text.TryTake("void"))
        {
            return (ResultKind.None, null);
        }

        if (text.TryTake("array<"))
        {
            WireType item = Plain(text.Type());
            text.Expect(">");
            return (ResultKind.Bytes, item);
        }

        bool isText = text.IsNext("string") && !text.IsNext("string?");
        WireType type = text.Type();
        return isText ? (ResultKind.Bytes, null) : type.IsPlain ? (ResultKind.Cell, type) : (ResultKind.Put, type);
    }

    private static WireType Plain(WireType type) => type.IsPlain ? type : throw new SignatureException("has pointers where there can be none");
}
