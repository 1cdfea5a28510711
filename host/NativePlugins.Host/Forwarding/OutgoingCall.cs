using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Forwarding;

/// <summary>One call of a function of the other side, from the arguments as they are in C to the status.</summary>
internal static unsafe class OutgoingCall
{
    /// <param name="calls">The way to the other side.</param>
    /// <param name="table">The number of the table there.</param>
    /// <param name="plan">What its functions are.</param>
    /// <param name="slot">Which of them is called.</param>
    /// <param name="words">The arguments.</param>
    public static int Run(ForwardedCalls calls, uint table, ContractPlan plan, int slot, NativeWords* words)
    {
        FunctionPlan function = plan.Functions[slot];
        ulong* arguments = stackalloc ulong[function.Arguments];
        Gather(function, words, arguments);
        var error = (np_error_sink*)arguments[function.Arguments - 1];

        MessageWriter message = MessageWriter.Rent();
        var loan = new Loan(calls, $"{plan.ServiceId} {function.Name}");
        PendingCompletion? pending = null;
        try
        {
            int status;
            ReadOnlyMemory<byte> answer;
            try
            {
                Write(message, function, arguments, loan);
                if (function.IsAsync)
                {
                    pending = Expect(calls, message, function, arguments, loan);
                }

                if (!calls.Remote.TryCall(table, slot, message, out status, out answer))
                {
                    return pending?.TryTake() == false ? np.NP_OK : calls.Remote.NoteLost(loan.Call);
                }
            }
            catch (MessageTooLargeException e)
            {
                return Report(error, np.NP_E_INVALID_ARGUMENT, e.Message);
            }
            catch (SignatureException e)
            {
                return Report(error, np.NP_E_UNSUPPORTED, $"An object that goes along {(e.Member.Length == 0 ? "" : $"has the member {e.Member}, which ")}{e.Found}.");
            }

            try
            {
                return Finish(function, arguments, status, answer.Span, error);
            }
            catch (MessageException e)
            {
                calls.Remote.Break(e);
                return calls.Remote.NoteLost(loan.Call);
            }
            finally
            {
                if (pending is not null && status == np.NP_OK)
                {
                    // It goes on, and takes with it what it was lent.
                    pending = null;
                    loan = null;
                }
            }
        }
        finally
        {
            message.Return();
            _ = pending?.TryTake();
            loan?.Dispose();
        }
    }

    /// <summary>Reports an error in C.</summary>
    public static int Report(np_error_sink* sink, int status, string message, string type = "", string detail = "")
    {
        if (sink != null && sink->report != null)
        {
            using var text = new ErrorText(status, type, message, detail);
            np_error_info info = text.Info;
            _ = sink->report(sink->context, &info);
        }

        return status;
    }

    /// <summary>The arguments in their order, the two of a text or span one after the other; then the result's and the error sink.</summary>
    private static void Gather(FunctionPlan function, NativeWords* words, ulong* arguments)
    {
        var cursor = default(NativeWordCursor);
        _ = cursor.NextInteger(); // the context
        int at = 0;
        foreach (ParameterPlan parameter in function.Parameters)
        {
            if (parameter.IsFloat)
            {
                int index = cursor.NextFloat(out bool isVector);
                arguments[at++] = isVector ? BitConverter.DoubleToUInt64Bits(words->Vector[index]) : words->Integer[index];
                continue;
            }

            for (int i = 0; i < parameter.Words; i++)
            {
                arguments[at++] = words->Integer[cursor.NextInteger()];
            }
        }

        for (; at < function.Arguments; at++)
        {
            arguments[at] = words->Integer[cursor.NextInteger()];
        }
    }

    private static void Write(MessageWriter message, FunctionPlan function, ulong* arguments, Loan loan)
    {
        foreach (ParameterPlan parameter in function.Parameters)
        {
            var pointer = (byte*)*arguments;
            switch (parameter.Kind)
            {
                case ParameterKind.Value:
                    message.Bytes(new ReadOnlySpan<byte>(arguments, parameter.Type!.Size));
                    break;
                case ParameterKind.Text:
                    ValueWriter.WriteText(message, pointer, (nuint)arguments[1]);
                    break;
                case ParameterKind.Span or ParameterKind.WritableSpan:
                    ValueWriter.WriteList(message, parameter.Type!, pointer, (nuint)arguments[1]);
                    break;
                case ParameterKind.Data when parameter.Type is ReferenceType reference:
                    ValueWriter.Write(message, reference, (byte*)arguments);
                    break;
                case ParameterKind.Contract:
                    loan.Lend(message, (nint)pointer);
                    break;
                case ParameterKind.Cancellation:
                    loan.LendToken(message, (nint)pointer);
                    break;
                default:
                    message.UInt32(pointer == null ? 0u : 1u);
                    if (pointer != null && parameter.Kind != ParameterKind.Out)
                    {
                        ValueWriter.Write(message, parameter.Type!, pointer);
                    }

                    break;
            }

            arguments += parameter.Words;
        }

        if (function.HasResult && !function.IsAsync)
        {
            message.UInt32(*arguments == 0 ? 0u : 1u);
        }
    }

    private static PendingCompletion Expect(ForwardedCalls calls, MessageWriter message, FunctionPlan function, ulong* arguments, Loan loan)
    {
        var written = new List<(nint, nuint)>();
        ulong* argument = arguments;
        foreach (ParameterPlan parameter in function.Parameters)
        {
            if (parameter.Kind == ParameterKind.WritableSpan)
            {
                written.Add(((nint)argument[0], (nuint)argument[1] * (nuint)parameter.Type!.Size));
            }

            argument += parameter.Words;
        }

        var pending = new PendingCompletion(calls, function, (nint)(*argument), [.. written], loan);
        message.UInt32(*argument == 0 ? 0 : pending.Number);
        return pending;
    }

    private static int Finish(FunctionPlan function, ulong* arguments, int status, ReadOnlySpan<byte> bytes, np_error_sink* error)
    {
        var answer = new MessageReader(bytes);
        if (answer.Flag())
        {
            (string type, string message, string detail) = (answer.Text(), answer.Text(), answer.Text());
            if (status != np.NP_OK)
            {
                Report(error, status, message, type, detail);
            }
        }

        if (answer.Flag())
        {
            ReadCells(function, arguments, ref answer);
        }

        if (status == np.NP_OK && !function.IsAsync && function.ResultKind is ResultKind.Bytes or ResultKind.Put)
        {
            status = ReadResult(function, (nint)arguments[function.Arguments - 2], ref answer);
        }

        answer.End();
        return status;
    }

    private static void ReadCells(FunctionPlan function, ulong* arguments, ref MessageReader answer)
    {
        foreach (ParameterPlan parameter in function.Parameters)
        {
            if (parameter.Kind is ParameterKind.Out or ParameterKind.Ref && *arguments != 0)
            {
                answer.Take((ulong)parameter.Type!.Size).CopyTo(new Span<byte>((void*)*arguments, parameter.Type.Size));
            }
            else if (parameter.Kind == ParameterKind.WritableSpan && !function.IsAsync && *arguments != 0)
            {
                // No larger than it was sent, and so than an int.
                int size = (int)arguments[1] * parameter.Type!.Size;
                answer.Take((ulong)size).CopyTo(new Span<byte>((void*)*arguments, size));
            }

            arguments += parameter.Words;
        }

        if (function is { ResultKind: ResultKind.Cell, IsAsync: false } && *arguments != 0)
        {
            answer.Take((ulong)function.Result!.Size).CopyTo(new Span<byte>((void*)*arguments, function.Result.Size));
        }
    }

    private static int ReadResult(FunctionPlan function, nint result, ref MessageReader answer)
    {
        if (!answer.Flag())
        {
            return np.NP_OK;
        }

        if (function.ResultKind == ResultKind.Bytes)
        {
            ReadOnlySpan<byte> piece = answer.Take(answer.UInt32());
            fixed (byte* data = piece)
            {
                return Send((np_sink*)result, data, (nuint)piece.Length);
            }
        }

        NativeArena arena = NativeArena.Rent();
        try
        {
            byte* value = ValueReader.ReadPut(ref answer, arena, function.Result!, out nuint size);
            return Send((np_sink*)result, value, size);
        }
        finally
        {
            arena.Return();
        }
    }

    private static int Send(np_sink* sink, byte* data, nuint size) =>
        sink == null || sink->write == null ? np.NP_E_INVALID_ARGUMENT : sink->write(sink->context, data, size);
}
