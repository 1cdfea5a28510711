using NativePlugins.Contracts.Interop;

namespace NativePlugins.Host.Forwarding;

/// <content>From the message to the arguments as they are in C.</content>
internal sealed unsafe partial class ServedCall
{
    private void Read(ref MessageReader message, NativeWords* words, out uint completion)
    {
        var cursor = default(NativeWordCursor);
        _ = cursor.NextInteger();
        foreach (ParameterPlan parameter in _function.Parameters)
        {
            if (parameter.IsFloat)
            {
                ulong bits = 0;
                message.Take((ulong)parameter.Type!.Size).CopyTo(new Span<byte>(&bits, sizeof(ulong)));
                int index = cursor.NextFloat(out bool isVector);
                if (isVector)
                {
                    words->Vector[index] = BitConverter.UInt64BitsToDouble(bits);
                }
                else
                {
                    words->Integer[index] = bits;
                }

                continue;
            }

            ulong first = Read(ref message, parameter, out ulong second);
            words->Integer[cursor.NextInteger()] = first;
            if (parameter.Words == 2)
            {
                words->Integer[cursor.NextInteger()] = second;
            }
        }

        completion = 0;
        if (_function.IsAsync)
        {
            completion = message.UInt32();
            words->Integer[cursor.NextInteger()] = completion == 0 ? 0 : (ulong)_frame.Completion;
        }
        else if (_function.ResultKind != ResultKind.None)
        {
            words->Integer[cursor.NextInteger()] = !message.Flag() ? 0
                : _function.ResultKind == ResultKind.Cell ? (ulong)Cell(_function.Result!.Size) : (ulong)_frame.Sink;
        }

        words->Integer[cursor.NextInteger()] = (ulong)_frame.ErrorSink;
    }

    private ulong Read(ref MessageReader message, ParameterPlan parameter, out ulong second)
    {
        second = 0;
        nuint length;
        switch (parameter.Kind)
        {
            case ParameterKind.Value:
                // As C passes it: who is called reads the low bytes alone, and compilers like the rest to be 0.
                ulong value = 0;
                message.Take((ulong)parameter.Type!.Size).CopyTo(new Span<byte>(&value, sizeof(ulong)));
                return parameter.Type is PlainType { IsSigned: true } ? (ulong)((long)(value << (64 - (8 * parameter.Type.Size))) >> (64 - (8 * parameter.Type.Size))) : value;
            case ParameterKind.Text:
                byte* text = ValueReader.ReadText(ref message, _arena, out length);
                second = length;
                return (ulong)text;
            case ParameterKind.Span or ParameterKind.WritableSpan:
                byte* items = ValueReader.ReadList(ref message, _arena, parameter.Type!, out length);
                second = length;
                if (parameter.Kind == ParameterKind.WritableSpan && items != null)
                {
                    _cells.Add(((nint)items, checked((int)length * parameter.Type!.Size)));
                }

                return (ulong)items;
            case ParameterKind.Data when parameter.Type is ReferenceType reference:
                ulong pointer;
                ValueReader.Read(ref message, _arena, reference, (byte*)&pointer);
                return pointer;
            case ParameterKind.Contract:
                return (ulong)Borrow(ref message);
            case ParameterKind.Cancellation:
                return (ulong)BorrowToken(message.UInt32());
            default:
                if (!message.Flag())
                {
                    return 0;
                }

                byte* cell = parameter.Kind is ParameterKind.Out or ParameterKind.Ref ? Cell(parameter.Type!.Size) : _arena.AllocateZeroed(parameter.Type!.Size);
                if (parameter.Kind != ParameterKind.Out)
                {
                    ValueReader.Read(ref message, _arena, parameter.Type, cell);
                }

                return (ulong)cell;
        }
    }

    private byte* Cell(int size)
    {
        byte* cell = _arena.AllocateZeroed(size);
        _cells.Add(((nint)cell, size));
        return cell;
    }

    private nint Borrow(ref MessageReader message)
    {
        uint number = message.UInt32();
        if (number == 0)
        {
            return 0;
        }

        try
        {
            var contract = ContractText.Of(message.Text());
            ForwardingTable table = ForwardingTable.Rent().Lead(contract.Descriptor, contract.Plan, _calls, number);
            (_borrowed ??= []).Add(table);
            return table.Native;
        }
        catch (SignatureException e)
        {
            throw new MessageException($"an object whose signature {e.Found}");
        }
    }

    private nint BorrowToken(uint number)
    {
        if (number == 0)
        {
            return 0;
        }

        var source = new CancellationTokenSource();
        _calls.Add(number, source);
        _cancellation = number;
        _token = new LentToken(source.Token);
        return _token.Native;
    }
}
