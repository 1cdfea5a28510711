using System.Runtime.CompilerServices;
using NativePlugins.Abi;
using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Forwarding;

/// <summary>One call of a function of this side that the other side makes: from the message to the arguments as they are in C, and back.</summary>
internal sealed unsafe partial class ServedCall
{
    private readonly ForwardedCalls _calls;
    private readonly FunctionPlan _function;
    private readonly NativeArena _arena = NativeArena.Rent();
    private readonly AnswerFrame _frame;
    private readonly uint _completion;
    private readonly List<(nint Start, int Size)> _cells = [];
    private List<ForwardingTable>? _borrowed;
    private uint _cancellation;
    private LentToken _token;
    private int _parts;

    private ServedCall(ForwardedCalls calls, FunctionPlan function, ref MessageReader message, NativeWords* words)
    {
        _calls = calls;
        _function = function;
        _frame = AnswerFrame.Rent(function, Completed);
        try
        {
            Read(ref message, words, out _completion);
            message.End();
        }
        catch
        {
            End();
            throw;
        }
    }

    /// <summary>Runs the call on the current thread.</summary>
    /// <exception cref="MessageException">The message does not have its arguments.</exception>
    public static int Run(ForwardedCalls calls, NativeTable table, int slot, ReadOnlySpan<byte> arguments, MessageWriter answer)
    {
        NativeWords words = default;
        words.Integer[0] = table.Context;
        var message = new MessageReader(arguments);
        var call = new ServedCall(calls, table.Plan.Functions[slot], ref message, &words);

        // The function's return is one part of the call, its completion the other.
        call._parts = call._function.IsAsync ? 2 : 1;
        int status = NativeCall.Invoke(table.Function(slot), &words);
        try
        {
            return call.Answer(status, answer);
        }
        finally
        {
            if (call._function.IsAsync && status != np.NP_OK && call._frame.TryComplete())
            {
                call.EndPart();
            }

            call.EndPart();
        }
    }

    /// <summary>Writes the answer: the error, what was written in place, and the result.</summary>
    private int Answer(int status, MessageWriter answer)
    {
        try
        {
            bool hasFailed = status != np.NP_OK;
            PluginRemoteError? error = hasFailed ? _frame.Error : null;
            if (_frame.Refusal is string refusal && !_function.IsAsync)
            {
                (status, error) = (np.NP_E_FAILED, new PluginRemoteError(np.NP_E_FAILED, "", refusal, ""));
            }

            WriteError(answer, error);
            answer.UInt32(_function.IsAsync ? 0u : 1u);
            if (!_function.IsAsync)
            {
                WriteCells(answer);
                if (status == np.NP_OK && _function.ResultKind is ResultKind.Bytes or ResultKind.Put)
                {
                    _frame.WriteResult(answer);
                }
            }

            return status;
        }
        catch (MessageTooLargeException e)
        {
            answer.Clear();
            WriteError(answer, new PluginRemoteError(np.NP_E_FAILED, "", e.Message, ""));
            answer.UInt32(0);
            return np.NP_E_FAILED;
        }
    }

    /// <summary>The callee completes the call, on any thread.</summary>
    private int Completed(int status, byte* data, nuint size, PluginRemoteError? error)
    {
        var outcome = new MessageWriter();
        int answer;
        try
        {
            outcome.UInt32((uint)status);
            WriteError(outcome, error);
            WriteCells(outcome);
            if (status == np.NP_OK && _function.ResultKind != ResultKind.None)
            {
                WriteLater(outcome, data, size);
            }

            answer = _calls.Remote.Complete(_completion, outcome);
        }
        catch (MessageTooLargeException e)
        {
            outcome.Clear();
            outcome.UInt32(unchecked((uint)np.NP_E_FAILED));
            WriteError(outcome, new PluginRemoteError(np.NP_E_FAILED, "", e.Message, ""));
            WriteCells(outcome);
            answer = _calls.Remote.Complete(_completion, outcome);
        }

        EndPart();
        return answer;
    }

    private void WriteLater(MessageWriter outcome, byte* data, nuint size)
    {
        outcome.UInt32(data == null ? 0u : 1u);
        if (data == null)
        {
            return;
        }

        if (_function.ResultKind == ResultKind.Put)
        {
            ValueWriter.WritePut(outcome, _function.Result!, data, size);
        }
        else
        {
            ValueWriter.WriteText(outcome, data, size);
        }
    }

    // Written in place: out, ref and spans in their order, and the result last. Only of a synchronous call is the result among them.
    private void WriteCells(MessageWriter message)
    {
        foreach ((nint start, int size) in _cells)
        {
            message.Bytes(new ReadOnlySpan<byte>((void*)start, size));
        }
    }

    private static void WriteError(MessageWriter message, PluginRemoteError? error)
    {
        message.UInt32(error is null ? 0u : 1u);
        if (error is not null)
        {
            message.Text(error.Type);
            message.Text(error.Message);
            message.Text(error.StackTrace);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void EndPart()
    {
        if (Interlocked.Decrement(ref _parts) == 0)
        {
            End();
        }
    }

    private void End()
    {
        _frame.Return();
        if (_cancellation != 0)
        {
            _calls.Remove(_cancellation);
            _token.Dispose();
        }

        foreach (ForwardingTable table in _borrowed ?? [])
        {
            table.Return();
        }

        _arena.Return();
    }
}
