using System.Text.Json;
using BlueEdge.Validation;

namespace BlueEdge.Gateway.Json;

/// <summary>Goes through an array's items, up to a number: what lies beyond is counted and passed over.</summary>
internal ref struct ArrayWalk(BodyFaults faults, int most = BodyFaults.MostItems)
{
    private int _next;

    /// <summary>Begins at an array; says so and passes over the value where it is something else.</summary>
    public static bool Begin(ref Utf8JsonReader json, BodyFaults faults) =>
        JsonValues.Expect(ref json, JsonTokenType.StartArray, "an array", faults);

    /// <summary>Moves to the next item.</summary>
    public bool Next(ref Utf8JsonReader json)
    {
        if (_next > 0)
        {
            faults.Leave();
        }

        if (!json.Read() || json.TokenType == JsonTokenType.EndArray)
        {
            return false;
        }

        if (_next == most || !faults.TakeItem())
        {
            PassOver(ref json);
            return false;
        }

        faults.Enter(_next++);
        return true;
    }

    private readonly void PassOver(ref Utf8JsonReader json)
    {
        var count = _next;
        do
        {
            json.Skip();
            count++;
        }
        while (json.Read() && json.TokenType != JsonTokenType.EndArray);

        faults.Add(FaultCodes.TooLarge, $"There are {count} items; {Math.Min(_next, most)} are allowed.");
    }
}
