using System.Text.Json;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Json;

/// <summary>
/// Goes through an object's members. Members that nobody knows are passed over, since clients may send more than we
/// understand; a known one that comes twice is a fault, since no choice between the two would be right for everyone.
/// </summary>
internal ref struct ObjectWalk(MemberNames names, BodyFaults faults)
{
    private ulong _seen;
    private bool _inside;

    /// <summary>Begins at an object; says so and passes over the value where it is something else.</summary>
    public static bool Begin(ref Utf8JsonReader json, BodyFaults faults) =>
        JsonValues.Expect(ref json, JsonTokenType.StartObject, "an object", faults);

    /// <summary>Begins at the body's one value, where <c>null</c> is nothing to make a session of.</summary>
    public static bool BeginRoot(ref Utf8JsonReader json, BodyFaults faults)
    {
        if (json.TokenType == JsonTokenType.Null)
        {
            faults.Add(FaultCodes.Malformed, "This has to be an object, not null.");
        }

        return Begin(ref json, faults);
    }

    /// <summary>Moves to the value of the next known member.</summary>
    public bool Next(ref Utf8JsonReader json, out string member)
    {
        if (_inside)
        {
            faults.Leave();
            _inside = false;
        }

        while (json.Read() && json.TokenType == JsonTokenType.PropertyName)
        {
            var place = names.Find(ref json);
            if (place < 0)
            {
                json.Skip();
                continue;
            }

            member = names[place];
            faults.Enter(member);
            _inside = true;
            if ((_seen & (1UL << place)) != 0)
            {
                faults.Add(FaultCodes.DuplicateName, $"The member '{member}' is given twice.");
            }

            _seen |= 1UL << place;
            json.Read();
            return true;
        }

        member = "";
        return false;
    }
}
