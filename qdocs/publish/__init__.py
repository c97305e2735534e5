"""Publishing: the side of the record that knows pandas and Plotly."""
